import { Column, Entity, ForeignKey } from 'typeorm';
import { RecordEntity } from '../records/record.entity';

@Entity('place')
export class PlaceEntity extends RecordEntity {
  @Column('text')
  kind!: string;

  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PlaceEntity)
  parentId!: string | null;
}
