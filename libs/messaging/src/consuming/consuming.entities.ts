import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type KeyState = 'flowing' | 'parked' | 'redriving';

/** How far a consumer has come with one source. Written in the transaction of the effect, so it never lies. */
@Entity('consumer_cursor')
@Index('consumer_cursor_not_flowing_idx', ['consumer'], { where: `"state" <> 'flowing'` })
export class ConsumerCursor {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('text')
  source!: string;

  @Column('integer')
  epoch!: number;

  @Column('bigint')
  sequence!: string;

  @Column('text', { default: 'flowing' })
  state!: KeyState;
}

/** The next offset a consumer wants of a partition. Holding its row is holding the partition. */
@Entity('consumer_position')
export class ConsumerPosition {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('text')
  topic!: string;

  @PrimaryColumn('integer')
  partition!: number;

  @Column('bigint')
  nextOffset!: string;
}

/** A record whose turn has not come: it failed for good, or an earlier one of its source did. Raw, as it arrived. */
@Entity('parked_message')
@Index(['consumer', 'source'])
export class ParkedMessage {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('text')
  topic!: string;

  @PrimaryColumn('integer')
  partition!: number;

  @PrimaryColumn('bigint')
  offset!: string;

  @Column('text')
  source!: string;

  @Column('text', { nullable: true })
  messageKey!: string | null;

  @Column('jsonb')
  headers!: Record<string, string>;

  @Column('bytea', { nullable: true })
  value!: Buffer | null;

  /** Why it waits: a code such as `gap`, `failed`, `behind-parked`. */
  @Column('text')
  reason!: string;

  @Column('text', { nullable: true })
  detail!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  parkedAt!: Date;
}

/** A message that an operator gave up, and why. A rebuild skips it again. */
@Entity('dropped_message')
export class DroppedMessage {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('text')
  topic!: string;

  @PrimaryColumn('integer')
  partition!: number;

  @PrimaryColumn('bigint')
  offset!: string;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { default: () => 'now()' })
  droppedAt!: Date;
}
