import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { MasterEntity } from '../master-data/master.entity';

/** An office-holder: a named person in a public role, on public record. Registrants are never stored here. */
@Entity('person')
@Index(['mergedIntoId'])
export class PersonEntity extends MasterEntity {
  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PersonEntity)
  mergedIntoId!: string | null;
}
