import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What this service has to know of an event, copied from its messages. */
@Entity()
@Index(['tenantId', 'seriesId'])
export class EventCopy {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid', { nullable: true })
  seriesId!: string | null;

  @Column('text')
  status!: string;

  @Column('boolean')
  synthetic!: boolean;

  /** IANA time zone of its beginning; null where only a date is known. */
  @Column('text', { nullable: true })
  zone!: string | null;
}
