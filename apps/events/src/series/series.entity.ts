import { Column, Entity } from 'typeorm';
import { RecordEntity } from '../records/record.entity';

@Entity('series')
export class SeriesEntity extends RecordEntity {
  @Column('text')
  kind!: string;

  @Column('boolean', { default: false })
  mechanism!: boolean;

  @Column('boolean', { default: false })
  synthetic!: boolean;

  @Column('boolean', { default: false })
  historical!: boolean;
}
