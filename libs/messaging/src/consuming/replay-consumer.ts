import { type DataSource, type EntityManager } from 'typeorm';
import { withAdmin } from '../kafka/kafka-admin';
import { prefixed } from '../kafka/kafka-client';
import { type IncomingRecord } from '../kafka/kafka.port';
import { type KafkaConfig } from '../kafka/kafka.settings';
import { readTopics } from '../kafka/read-topics';
import { isLater, type Place, placeOf, sourceOf } from './reading';

/** A partition that a consumer reads again: from one offset, up to where it stood. */
export interface ReplayedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Makes a consumer take again what was written to its topics since then: its positions go back, and with them the
 * cursors, to before the first message of each source that is read again. A running one notices within two seconds.
 * What waits behind something parked earlier goes on waiting. Nothing is read that it had not read before.
 */
export async function replayConsumer(
  dataSource: DataSource,
  config: KafkaConfig,
  consumer: string,
  since: Date,
): Promise<ReplayedPartition[]> {
  const stored = await positionsOf(dataSource.manager, consumer, '');
  const replayed = await partitionsSince(config, stored, since);
  if (replayed.length === 0) return [];
  const firsts = await firstPlaces(config, replayed);
  await dataSource.transaction(async (manager) => {
    // Waits for a batch in hand and holds back the next, as everybody does who moves positions.
    await positionsOf(manager, consumer, 'FOR UPDATE');
    await unpark(manager, consumer, replayed);
    await rewindCursors(manager, consumer, firsts);
    await rewindPositions(manager, consumer, replayed);
  });
  return replayed;
}

type Position = Omit<ReplayedPartition, 'from'>;

async function positionsOf(manager: EntityManager, consumer: string, lock: 'FOR UPDATE' | ''): Promise<Position[]> {
  const rows = await manager.query<(Omit<Position, 'to'> & { to: string })[]>(
    `SELECT topic, partition, next_offset AS "to" FROM consumer_position WHERE consumer = $1
     ORDER BY topic, partition ${lock}`,
    [consumer],
  );
  return rows.map((row) => ({ ...row, to: Number(row.to) }));
}

async function partitionsSince(
  config: KafkaConfig,
  stored: readonly Position[],
  since: Date,
): Promise<ReplayedPartition[]> {
  return withAdmin(config, async (admin) => {
    const starts = new Map<string, number>();
    for (const topic of new Set(stored.map((position) => position.topic))) {
      for (const { partition, offset } of await admin.fetchTopicOffsetsByTimestamp(
        prefixed(config, topic),
        since.getTime(),
      )) {
        starts.set(`${topic}/${partition}`, Number(offset));
      }
    }
    return stored.flatMap(({ topic, partition, to }) => {
      const from = starts.get(`${topic}/${partition}`) ?? to;
      return from < to ? [{ topic, partition, from, to }] : [];
    });
  });
}

/** Of each source that is read again, the earliest place among what is read. */
async function firstPlaces(config: KafkaConfig, replayed: readonly ReplayedPartition[]): Promise<Map<string, Place>> {
  const ranges = new Map(replayed.map((range) => [`${range.topic}/${range.partition}`, range]));
  const firsts = new Map<string, Place>();
  const take = (record: IncomingRecord): void => {
    const range = ranges.get(`${record.topic}/${record.partition}`);
    if (range === undefined || record.offset < BigInt(range.from)) return;
    const place = placeOf(record);
    const source = sourceOf(record);
    if (place === null || source === null) return;
    const first = firsts.get(source);
    if (first === undefined || isLater(first, place)) firsts.set(source, place);
  };
  await readTopics(config, [...new Set(replayed.map(({ topic }) => topic))], take);
  return firsts;
}

/** What is read again is parked again if it has to be, but for sources that something earlier holds up. */
async function unpark(manager: EntityManager, consumer: string, replayed: readonly ReplayedPartition[]): Promise<void> {
  await manager.query(
    `WITH again AS (
       SELECT * FROM unnest($2::text[], $3::int[], $4::bigint[]) AS again (topic, partition, first)),
     parked AS (
       SELECT p.*, coalesce(p."offset" >= again.first, false) AS again
       FROM parked_message p LEFT JOIN again USING (topic, partition) WHERE consumer = $1),
     gone AS (
       DELETE FROM parked_message WHERE (consumer, topic, partition, "offset") IN (
         SELECT consumer, topic, partition, "offset" FROM parked
         WHERE source NOT IN (SELECT source FROM parked WHERE NOT again))
       RETURNING source)
     UPDATE consumer_cursor SET state = 'flowing' WHERE consumer = $1 AND source IN (SELECT source FROM gone)`,
    [
      consumer,
      replayed.map(({ topic }) => topic),
      replayed.map(({ partition }) => partition),
      replayed.map(({ from }) => from),
    ],
  );
}

async function rewindCursors(
  manager: EntityManager,
  consumer: string,
  firsts: ReadonlyMap<string, Place>,
): Promise<void> {
  const places = [...firsts.values()];
  await manager.query(
    `UPDATE consumer_cursor c SET epoch = first.epoch, sequence = first.sequence - 1
     FROM unnest($2::text[], $3::int[], $4::bigint[]) AS first (source, epoch, sequence)
     WHERE c.consumer = $1 AND c.source = first.source AND c.state = 'flowing'
       AND (c.epoch, c.sequence) >= (first.epoch, first.sequence)`,
    [consumer, [...firsts.keys()], places.map(({ epoch }) => epoch), places.map(({ sequence }) => sequence)],
  );
}

async function rewindPositions(
  manager: EntityManager,
  consumer: string,
  replayed: readonly ReplayedPartition[],
): Promise<void> {
  await manager.query(
    `UPDATE consumer_position p SET next_offset = again.first
     FROM unnest($2::text[], $3::int[], $4::bigint[]) AS again (topic, partition, first)
     WHERE p.consumer = $1 AND p.topic = again.topic AND p.partition = again.partition AND p.next_offset > again.first`,
    [
      consumer,
      replayed.map(({ topic }) => topic),
      replayed.map(({ partition }) => partition),
      replayed.map(({ from }) => from),
    ],
  );
}
