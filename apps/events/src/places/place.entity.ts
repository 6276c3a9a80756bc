import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { MasterEntity } from '../master-data/master.entity';

@Entity('place')
@Index(['mergedIntoId'])
export class PlaceEntity extends MasterEntity {
  @Column('text')
  kind!: string;

  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PlaceEntity)
  parentId!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PlaceEntity)
  mergedIntoId!: string | null;
}
