import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { RecordEntity } from '../records/record.entity';
import { SeriesEntity } from '../series/series.entity';
import { type EventStatus } from './event.rules';

/** An edition of a series, an event of its own, or a sub-event at any depth. */
@Entity('event')
@Index(['seriesId'])
@Index(['parentId'])
@Index(['tenantId', 'firstDay', 'id'])
export class EventEntity extends RecordEntity {
  @Column('uuid', { nullable: true })
  @ForeignKey(() => SeriesEntity)
  seriesId!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => EventEntity)
  parentId!: string | null;

  @Column('text')
  kind!: string;

  @Column('text')
  status!: EventStatus;

  @Column('integer', { nullable: true })
  ordinal!: number | null;

  @Column('text', { nullable: true })
  label!: string | null;

  /** By the calendar of the place; `infinity` where nobody knows. Only to sort and to filter by. */
  @Column('date', { select: false })
  firstDay!: string;

  @Column('date', { select: false })
  lastDay!: string;

  @Column('boolean', { default: false })
  historical!: boolean;

  @Column('boolean', { default: false })
  synthetic!: boolean;
}
