import { type DataSource } from 'typeorm';
import { withAdmin } from '../kafka/kafka-admin';
import { prefixed } from '../kafka/kafka-client';
import { type KafkaConfig } from '../kafka/kafka.settings';
import { topicOffsets } from '../kafka/topic-offsets';

/** How far a consumer is behind on one partition. */
export interface ConsumerLag {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next record it wants, as its own database says; null where it has not begun. */
  readonly position: number | null;
  readonly earliest: number;
  readonly end: number;
  /** Offsets from the position to the end; not all of them need be records. */
  readonly behind: number;
  readonly trouble: 'beyond the end' | 'lost before it was read' | 'no such partition' | null;
}

type Position = Pick<ConsumerLag, 'consumer' | 'topic' | 'partition'> & { position: number };

interface Range {
  readonly earliest: number;
  readonly end: number;
}

/** Of all consumers of the service whose database this is. Kafka's committed offsets play no part in it. */
export async function consumerLag(dataSource: DataSource, config: KafkaConfig): Promise<ConsumerLag[]> {
  // Positions first: what is read meanwhile may put the end further ahead of them, never behind them.
  const positions = await positionsOf(dataSource);
  const ranges = await rangesOf(config, new Set(positions.map(({ topic }) => topic)));
  const readers = new Map(positions.map(({ consumer, topic }) => [`${consumer} ${topic}`, { consumer, topic }]));
  return [...readers.values()].flatMap(({ consumer, topic }) => {
    const own = positions.filter((one) => one.consumer === consumer && one.topic === topic);
    return lagOn(own, ranges.get(topic) ?? new Map<number, Range>(), { consumer, topic });
  });
}

function lagOn(
  positions: readonly Position[],
  ranges: ReadonlyMap<number, Range>,
  { consumer, topic }: Pick<ConsumerLag, 'consumer' | 'topic'>,
): ConsumerLag[] {
  const stored = new Map(positions.map(({ partition, position }) => [partition, position]));
  const partitions = [...new Set([...stored.keys(), ...ranges.keys()])].sort((one, other) => one - other);
  return partitions.map((partition) => {
    const position = stored.get(partition) ?? null;
    const range = ranges.get(partition);
    const { earliest, end } = range ?? { earliest: 0, end: 0 };
    const behind = Math.max(end - (position ?? earliest), 0);
    return { consumer, topic, partition, position, earliest, end, behind, trouble: troubleOf(position, range) };
  });
}

function troubleOf(position: number | null, range: Range | undefined): ConsumerLag['trouble'] {
  if (range === undefined) return 'no such partition';
  if (position === null) return null;
  if (position > range.end) return 'beyond the end';
  return position < range.earliest ? 'lost before it was read' : null;
}

async function positionsOf(dataSource: DataSource): Promise<Position[]> {
  const rows = await dataSource.query<(Omit<Position, 'position'> & { position: string })[]>(
    `SELECT consumer, topic, partition, next_offset AS position FROM consumer_position
     ORDER BY consumer, topic, partition`,
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

async function rangesOf(config: KafkaConfig, topics: ReadonlySet<string>): Promise<Map<string, Map<number, Range>>> {
  return withAdmin(config, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const ranges = new Map<string, Map<number, Range>>();
    for (const topic of topics) {
      const name = prefixed(config, topic);
      if (!existing.has(name)) continue;
      const offsets = await topicOffsets(admin, name);
      ranges.set(
        topic,
        new Map(offsets.map(({ partition, low, high }) => [partition, { earliest: Number(low), end: Number(high) }])),
      );
    }
    return ranges;
  });
}
