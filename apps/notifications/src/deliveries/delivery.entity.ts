import { Column, Entity, Generated, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';

export type DeliveryChannel = 'mail' | 'webhook';
/**
 * `waiting`: a mail whose contact or event has not arrived. `pending`: due now or at `nextAttemptAt`. `delivered` and
 * `failed` are final until somebody redelivers. `dropped`: the recipient was erased.
 */
export type DeliveryStatus = 'waiting' | 'pending' | 'delivered' | 'failed' | 'dropped';

/** One thing to tell one receiver, for one cause. A worker claims the row by a lease that outlives its own crash. */
@Entity()
@Unique(['endpointId', 'causeId'])
@Unique(['causeId', 'templateId'])
@Index(['tenantId', 'id'])
@Index(['endpointId', 'source', 'position'], { where: `status = 'pending'` })
@Index(['endpointId', 'nextAttemptAt'], { where: `status = 'pending'` })
@Index(['registrationId', 'position'], { where: `registration_id IS NOT NULL` })
@Index(['status', 'nextAttemptAt'], { where: `channel = 'mail' AND status IN ('waiting', 'pending')` })
@Index(['createdAt'])
export class Delivery {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  channel!: DeliveryChannel;

  @Column('text')
  status!: DeliveryStatus;

  /** Order of the causes as they were consumed: per aggregate, the order of its messages. */
  @Column('bigint')
  @Generated('increment')
  position!: string;

  @Column('uuid')
  causeId!: string;

  @Column('text')
  causeType!: string;

  @Column('text')
  source!: string;

  /** Id of the request that it all began with. */
  @Column('text')
  correlationId!: string;

  /** W3C trace context of the cause, for spans of the attempts; null where it was not traced. */
  @Column('text', { nullable: true })
  traceparent!: string | null;

  @Column('uuid', { nullable: true })
  endpointId!: string | null;

  @Column('uuid', { nullable: true })
  registrationId!: string | null;

  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('text', { nullable: true })
  templateId!: string | null;

  @Column('integer', { nullable: true })
  templateVersion!: number | null;

  /** Asked for before sending, the one that was used afterwards. */
  @Column('text', { nullable: true })
  language!: string | null;

  @Column('boolean')
  synthetic!: boolean;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** Attempts since the schedule began, which a redelivery begins anew. */
  @Column('integer', { default: 0 })
  scheduleAttempts!: number;

  @Column('timestamptz', { nullable: true })
  scheduleStartedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  nextAttemptAt!: Date | null;

  @Column('uuid', { nullable: true })
  leaseToken!: string | null;

  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;

  /** Result code of the last attempt. */
  @Column('text', { nullable: true })
  lastCode!: string | null;

  @Column('timestamptz', { nullable: true })
  deliveredAt!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}

@Entity()
@Index(['deliveryId', 'number'])
export class DeliveryAttempt {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  deliveryId!: string;

  @ManyToOne(() => Delivery, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'delivery_id' })
  delivery?: Relation<Delivery>;

  @Column('integer')
  number!: number;

  @Column('timestamptz')
  startedAt!: Date;

  @Column('integer')
  durationMs!: number;

  @Column('boolean')
  succeeded!: boolean;

  @Column('text')
  code!: string;

  /** The HTTP status or SMTP reply code, if there was an answer. */
  @Column('integer', { nullable: true })
  replyCode!: number | null;
}
