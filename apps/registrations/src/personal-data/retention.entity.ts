import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How long an event's registrants are kept, where it is not the usual time, and how far the purge has come. */
@Entity('retention')
export class Retention {
  @PrimaryColumn('uuid')
  eventId!: string;

  @Column('uuid')
  tenantId!: string;

  /** Days after the event's end; null for the usual number. */
  @Column('integer', { nullable: true })
  days!: number | null;

  /** An instant that stands in the place of the event's end and the days. */
  @Column('timestamptz', { nullable: true })
  until!: Date | null;

  /** Up to this registration all were erased; their ids are in the order of signing up. */
  @Column('uuid', { nullable: true })
  purgedThrough!: string | null;

  @Column('timestamptz', { nullable: true })
  purgedAt!: Date | null;

  @Column('integer', { default: 0 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
