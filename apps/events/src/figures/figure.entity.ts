import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { RecordEntity } from '../records/record.entity';
import { SeriesEntity } from '../series/series.entity';

/** A figure that somebody published. Shown beside what we count ourselves, never added to it. */
@Entity('figure')
@Index(['seriesId'])
@Index('figure_event_ids_idx', { synchronize: false })
export class FigureEntity extends RecordEntity {
  @Column('uuid', { nullable: true })
  @ForeignKey(() => SeriesEntity)
  seriesId!: string | null;

  /** The event or editions that it is about; empty for a figure about a series. */
  @Column('uuid', { array: true, default: [] })
  eventIds!: string[];

  @Column('text')
  metric!: string;

  @Column('boolean', { default: false })
  historical!: boolean;

  @Column('boolean', { default: false })
  synthetic!: boolean;

  /** Whether it was told to others: a figure about a draft waits until the draft is published. */
  @Column('boolean', { default: false })
  announced!: boolean;
}
