import { Column, Entity } from 'typeorm';
import { RecordEntity } from '../records/record.entity';

/** An office-holder: a named person in a public role, on public record. Registrants are never stored here. */
@Entity('person')
export class PersonEntity extends RecordEntity {
  @Column('text', { nullable: true })
  economy!: string | null;
}
