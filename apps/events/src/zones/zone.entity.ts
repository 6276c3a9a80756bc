import { Column, Entity, ForeignKey } from 'typeorm';
import { PlaceEntity } from '../places/place.entity';
import { RecordEntity } from '../records/record.entity';

@Entity('zone')
export class ZoneEntity extends RecordEntity {
  @Column('text')
  kind!: string;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PlaceEntity)
  placeId!: string | null;
}
