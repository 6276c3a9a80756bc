import { Check, Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A message that was said but not yet acknowledged by Kafka. Identity order is commit order for each stream. */
@Entity('outbox')
export class OutboxRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** Room for several relays, each with its own rows; there is one so far. */
  @Column('smallint', { default: 0 })
  shard!: number;

  /** Without the prefix, which belongs to the cluster and not to the message. */
  @Column('text')
  topic!: string;

  @Column('text', { nullable: true })
  messageKey!: string | null;

  @Column('jsonb')
  headers!: Record<string, string>;

  /** Null is a tombstone. */
  @Column('bytea', { nullable: true })
  value!: Buffer | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}

/** One row a source: the number of its last message. Whoever appends to the source holds this row until commit. */
@Entity('message_stream')
export class MessageStream {
  @PrimaryColumn('text')
  source!: string;

  @Column('bigint')
  lastSequence!: string;
}

/** A single row. Numbers given out since a backup are given out again once it was restored, but in a later epoch. */
@Entity('message_epoch')
@Check('message_epoch_single_row', 'single')
export class MessageEpoch {
  @PrimaryColumn('boolean', { default: true })
  single!: boolean;

  @Column('integer')
  epoch!: number;

  /** The highest epoch known to be later than all that is on the topics; none above it was ever sent. */
  @Column('integer', { default: 1 })
  confirmed!: number;
}
