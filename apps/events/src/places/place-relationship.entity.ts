import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { RecordEntity } from '../records/record.entity';
import { PlaceEntity } from './place.entity';

@Entity('place_relationship')
@Index(['placeId'])
export class PlaceRelationshipEntity extends RecordEntity {
  @Column('uuid')
  @ForeignKey(() => PlaceEntity)
  placeId!: string;

  @Column('text')
  kind!: string;
}
