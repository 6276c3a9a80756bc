/** Everything that the rest of this library knows of Kafka; a client library is hidden behind it. */

export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer | null;
}

/** Not to be used again after any call has thrown: what was sent is then unknown. */
export interface Publisher {
  connect(): Promise<void>;
  /** Resolves when every record is acknowledged by all in-sync replicas. One call at a time. */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface IncomingRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
  readonly value: Buffer | null;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Offsets of the first record that is there and of the next that will be written. */
export interface OffsetRange {
  readonly earliest: bigint;
  readonly end: bigint;
}

export interface RecordBatch extends TopicPartition {
  /** In order; offsets may skip. Never empty. */
  readonly records: readonly IncomingRecord[];
  /** Everything below this offset is dealt with: reported to Kafka for lag displays, and fetched no more. */
  resolve(nextOffset: bigint): void;
  /** To be called at least every second while work goes on. Throws when the group moves on without us: let it through. */
  heartbeat(): Promise<void>;
  /** Whether to stop here: the partition was sought elsewhere, or the subscription is being closed. */
  isOver(): boolean;
}

export interface SubscriptionEvents {
  /** The group has (again) agreed who reads what. No batch is delivered before this has resolved. */
  assigned(partitions: readonly TopicPartition[]): Promise<void>;
  /** Must throw nothing but what `heartbeat` threw. Records that were not resolved are delivered again. */
  batch(batch: RecordBatch): Promise<void>;
  /** A sign of life, some times a second even when there is nothing to read. */
  alive(): void;
  /** The client gave up for good. */
  died(error: Error): void;
}

export interface Subscription {
  /** Resolves once joined to the group; waits for brokers and missing topics, and says so. */
  open(): Promise<void>;
  /** Lets the batch in hand finish, then leaves the group; within seconds, whatever Kafka does. */
  close(): Promise<void>;
  seek(partition: TopicPartition, offset: bigint): void;
  /** Fetches nothing of the partition for so long. */
  pause(partition: TopicPartition, ms: number): void;
  /** By topic and partition; however many topics, over one connection. */
  offsetRanges(topics: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<number, OffsetRange>>>;
}
