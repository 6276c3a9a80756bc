import { until } from '../../../test/support/until';
import {
  type RecordBatch,
  type Subscription,
  type SubscriptionEvents,
  type TopicPartition,
} from '../src/kafka/kafka.port';
import { numberOf, upTo } from './client-under-test';

export interface Taken {
  member: string;
  partition: number;
  offset: bigint;
  number: number;
}

/** What the members of one group have taken and how far, kept outside of Kafka as the engine keeps it in its database. */
export class GroupLedger {
  readonly next = new Map<number, bigint>();
  readonly taken: Taken[] = [];
  /** What a batch held that stood below the place sought when the partition was assigned. */
  readonly strays: string[] = [];

  numbersOf(partition: number): number[] {
    return this.taken.filter((one) => one.partition === partition).map(({ number }) => number);
  }
  readonly deaths: Error[] = [];

  async hasTaken(count: number, withinMs = 40_000): Promise<void> {
    await until(
      () => {
        if (this.deaths[0] !== undefined) throw this.deaths[0];
        return new Set(this.taken.map(({ number }) => number)).size;
      },
      (size) => size >= count,
      withinMs,
    );
  }

  /** In each partition every record once and in order: nothing skipped, nothing taken twice. */
  expectAllOnce(count: number): void {
    expect(this.taken.map(({ number }) => number).sort((one, other) => one - other)).toEqual(upTo(count));
    for (const partition of this.next.keys()) {
      const offsets = this.taken.filter((one) => one.partition === partition).map(({ offset }) => Number(offset));
      expect([partition, offsets]).toEqual([partition, upTo(offsets.length)]);
    }
  }
}

/** A member of a group that seeks where the ledger stands, and takes everything unless told otherwise. */
export class RecordingMember implements SubscriptionEvents {
  subscription!: Subscription;
  assignments: readonly TopicPartition[][] = [];
  signsOfLife = 0;
  /** Holds the answer to `assigned`. */
  beforeAssigned: () => Promise<void> = () => Promise.resolve();
  take: (batch: RecordBatch) => Promise<void> = (batch) => this.takeAll(batch);

  constructor(
    readonly name: string,
    private readonly ledger: GroupLedger,
  ) {}

  async assigned(partitions: readonly TopicPartition[]): Promise<void> {
    await this.beforeAssigned();
    for (const partition of partitions) {
      this.subscription.seek(partition, this.ledger.next.get(partition.partition) ?? 0n);
    }
    this.assignments = [...this.assignments, [...partitions]];
  }

  async batch(batch: RecordBatch): Promise<void> {
    const first = batch.records[0]?.offset ?? -1n;
    if (first < (this.ledger.next.get(batch.partition) ?? 0n)) {
      this.ledger.strays.push(`${this.name} ${batch.partition}@${first}`);
    }
    await this.take(batch);
  }

  alive(): void {
    this.signsOfLife += 1;
  }

  died(error: Error): void {
    this.ledger.deaths.push(error);
  }

  async takeAll(batch: RecordBatch, count = batch.records.length): Promise<void> {
    for (const record of batch.records.slice(0, count)) {
      const { partition, offset } = record;
      this.ledger.taken.push({ member: this.name, partition, offset, number: numberOf(record) });
      this.ledger.next.set(partition, offset + 1n);
      batch.resolve(offset + 1n);
    }
    await batch.heartbeat();
  }
}
