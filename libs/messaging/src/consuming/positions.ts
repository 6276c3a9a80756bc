import { planned, plannedWrite } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type TopicPartition } from '../kafka/kafka.port';

export interface PositionMove {
  readonly partition: TopicPartition;
  readonly expected: bigint;
  readonly next: bigint;
}

/** The rows of `consumer_position` of one consumer. */
export class Positions {
  constructor(private readonly consumer: string) {}

  /** Holds the partition until the transaction ends; null when the position was forgotten. */
  async lock(manager: EntityManager, { topic, partition }: TopicPartition): Promise<bigint | null> {
    const [row] = await manager.query<{ next: string }[]>(
      `SELECT next_offset AS next FROM consumer_position
       WHERE consumer = $1 AND topic = $2 AND partition = $3 FOR UPDATE`,
      [this.consumer, topic, partition],
    );
    return row === undefined ? null : BigInt(row.next);
  }

  /**
   * The same, and what an operator has given up from `first` on. One glance at both will do: whoever makes offsets come
   * again that were given up moves the position.
   */
  async lockWithDropped(
    manager: EntityManager,
    { topic, partition }: TopicPartition,
    first: bigint,
  ): Promise<{ next: bigint | null; dropped: ReadonlySet<string> }> {
    const [row] = await planned<{ next: string; dropped: string[] }>(
      manager,
      'lock position',
      `SELECT next_offset AS next,
         ARRAY(SELECT "offset"::text FROM dropped_message
               WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" >= $4) AS dropped
       FROM consumer_position WHERE consumer = $1 AND topic = $2 AND partition = $3 FOR UPDATE`,
      [this.consumer, topic, partition, String(first)],
    );
    return { next: row === undefined ? null : BigInt(row.next), dropped: new Set(row?.dropped) };
  }

  /**
   * Moves positions, and holds their partitions until the transaction ends. False if one does not stand where it is believed
   * to stand, or if an operator has given up something from there on. Always in the same order: whoever still believes that
   * some of them are his waits in no circle.
   */
  async moveFrom(manager: EntityManager, moves: readonly PositionMove[]): Promise<boolean> {
    const [move, ...others] = moves;
    const moved = await (move !== undefined && others.length === 0
      ? this.#moveOne(manager, move)
      : this.#moveSeveral(manager, moves));
    return moved === moves.length;
  }

  /** The same by a plan that takes half as long: when few messages come, they nearly always come of one partition. */
  async #moveOne(manager: EntityManager, { partition: of, expected, next }: PositionMove): Promise<number> {
    return plannedWrite(
      manager,
      'move position',
      `UPDATE consumer_position SET next_offset = $5
       WHERE consumer = $1 AND topic = $2 AND partition = $3 AND next_offset = $4 AND NOT EXISTS (
         SELECT FROM dropped_message WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" >= $4)`,
      [this.consumer, of.topic, of.partition, String(expected), String(next)],
    );
  }

  async #moveSeveral(manager: EntityManager, moves: readonly PositionMove[]): Promise<number> {
    return plannedWrite(
      manager,
      'move positions',
      `UPDATE consumer_position p SET next_offset = held.next
       FROM (SELECT topic, partition, move.next FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[])
               AS move (topic, partition, expected, next)
             JOIN consumer_position c USING (topic, partition)
             WHERE c.consumer = $1 AND c.next_offset = move.expected AND NOT EXISTS (
               SELECT FROM dropped_message d WHERE d.consumer = $1 AND d.topic = c.topic AND d.partition = c.partition
                  AND d."offset" >= move.expected)
             ORDER BY topic, partition FOR UPDATE OF c) AS held
       WHERE p.consumer = $1 AND p.topic = held.topic AND p.partition = held.partition`,
      [
        this.consumer,
        moves.map(({ partition }) => partition.topic),
        moves.map(({ partition }) => partition.partition),
        moves.map(({ expected }) => String(expected)),
        moves.map(({ next }) => String(next)),
      ],
    );
  }

  async move(manager: EntityManager, { topic, partition }: TopicPartition, next: bigint): Promise<void> {
    await manager.query(
      `UPDATE consumer_position SET next_offset = $4 WHERE consumer = $1 AND topic = $2 AND partition = $3`,
      [this.consumer, topic, partition, String(next)],
    );
  }

  /** Where the partition stands; begins it at `first` if it has not been begun. */
  async beginOrFind(manager: EntityManager, { topic, partition }: TopicPartition, first: bigint): Promise<bigint> {
    await manager.query(
      `INSERT INTO consumer_position (consumer, topic, partition, next_offset) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [this.consumer, topic, partition, String(first)],
    );
    return (await this.lock(manager, { topic, partition })) ?? first;
  }

  async all(manager: EntityManager): Promise<(TopicPartition & { next: bigint })[]> {
    const rows = await manager.query<(TopicPartition & { next: string })[]>(
      'SELECT topic, partition, next_offset AS next FROM consumer_position WHERE consumer = $1',
      [this.consumer],
    );
    return rows.map(({ topic, partition, next }) => ({ topic, partition, next: BigInt(next) }));
  }
}
