import { type Logger } from '@nestjs/common';
import { type DataSource } from 'typeorm';
import { type OffsetRange, type Subscription, type TopicPartition } from '../kafka/kafka.port';
import { type Positions } from './positions';

const idOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/**
 * Keeps the reading of Kafka where the database stands. Not Kafka but the database knows what took effect: after it
 * was restored, or a consumer reset, it is the reading that has to move.
 */
export class Alignment {
  readonly #next = new Map<string, bigint>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly positions: Positions,
    private readonly subscription: Subscription,
    private readonly logger: Logger,
  ) {}

  /** Where we believe the database to stand. */
  next(partition: TopicPartition): bigint | undefined {
    return this.#next.get(idOf(partition));
  }

  move(partition: TopicPartition, next: bigint): void {
    this.#next.set(idOf(partition), next);
  }

  clear(): void {
    this.#next.clear();
  }

  /** Looks up where each of these stands, begins those that are new, and seeks there. */
  async align(partitions: readonly TopicPartition[]): Promise<void> {
    const ranges = await this.#rangesOf(partitions);
    for (const { topic, partition } of partitions) {
      const range = ranges.get(topic)?.get(partition);
      if (range === undefined) {
        throw new Error(`Kafka does not tell the offsets of ${topic}/${partition}`);
      }
      const next = await this.#stored({ topic, partition }, range);
      this.move({ topic, partition }, next);
      this.subscription.seek({ topic, partition }, next);
    }
  }

  /** How many records of each partition that is read here have not taken effect yet. */
  async lag(): Promise<(TopicPartition & { lag: number })[]> {
    const read = [...this.#next].map(([id, next]) => ({ ...partitionOf(id), next }));
    if (read.length === 0) return [];
    const ranges = await this.#rangesOf(read);
    return read.flatMap(({ topic, partition, next }) => {
      const range = ranges.get(topic)?.get(partition);
      return range === undefined ? [] : [{ topic, partition, lag: Math.max(0, Number(range.end - next)) }];
    });
  }

  /** Follows positions that somebody else has moved: a reset, or a restored database. */
  async realignMoved(): Promise<void> {
    const before = new Map(this.#next);
    const stored = new Map(
      (await this.positions.all(this.dataSource.manager)).map((position) => [idOf(position), position.next]),
    );
    const moved = [...before]
      // If we moved on ourselves meanwhile, what was read is merely old.
      .filter(([id, next]) => stored.get(id) !== next && this.#next.get(id) === next)
      .map(([id]) => partitionOf(id));
    if (moved.length > 0) {
      this.logger.log(`Reads on from where the database stands: ${moved.map(idOf).join(', ')}`);
      await this.align(moved);
    }
  }

  #rangesOf(partitions: readonly TopicPartition[]): ReturnType<Subscription['offsetRanges']> {
    return this.subscription.offsetRanges([...new Set(partitions.map(({ topic }) => topic))]);
  }

  async #stored(partition: TopicPartition, { earliest, end }: OffsetRange): Promise<bigint> {
    return this.dataSource.transaction(async (manager) => {
      const stored = await this.positions.beginOrFind(manager, partition, earliest);
      if (stored >= earliest && stored <= end) {
        return stored;
      }
      const what = stored > end ? 'was made anew' : 'lost messages before they were read';
      this.logger.error(`${idOf(partition)} ${what}: reads from ${earliest} instead of ${stored}`);
      await this.positions.move(manager, partition, earliest);
      return earliest;
    });
  }
}

function partitionOf(id: string): TopicPartition {
  const slash = id.lastIndexOf('/');
  return { topic: id.slice(0, slash), partition: Number(id.slice(slash + 1)) };
}
