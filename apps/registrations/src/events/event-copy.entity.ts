import { type EntryCondition } from '@expo-accord/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What this service has to know of an event, as the events service last said it. Rebuilt from its topic at any time. */
@Entity('event_copy')
@Index(['tenantId'])
export class EventCopy {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  status!: string;

  @Column('timestamptz', { nullable: true })
  opensAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  closesAt!: Date | null;

  /** When the event itself ends; null where that is not known to the hour. */
  @Column('timestamptz', { nullable: true })
  endsAt!: Date | null;

  @Column('text', { array: true })
  economies!: string[];

  @Column('uuid', { array: true })
  sessionIds!: string[];

  /** What every registration has to satisfy before it is checked in. */
  @Column('jsonb', { default: () => "'[]'" })
  entryConditions!: EntryCondition[];

  @Column('boolean')
  synthetic!: boolean;

  @Column('boolean')
  historical!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
