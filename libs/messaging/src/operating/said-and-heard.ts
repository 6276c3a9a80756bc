import { type DataSource } from 'typeorm';

/** What a service's database says about its streams at one moment. */
export interface SaidAndHeard {
  readonly epoch: number;
  /** By source: the number given out last. */
  readonly counters: ReadonlyMap<string, number>;
  /** In the order in which they will be sent. */
  readonly unsent: readonly { source: string; epoch: number; sequence: number }[];
  readonly cursors: readonly { consumer: string; source: string; epoch: number; sequence: number }[];
  /** By consumer: the topics it reads. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

/** One snapshot: a message is then in the outbox, or was acknowledged by Kafka before, and in nothing between. */
export async function saidAndHeard(dataSource: DataSource, topics: readonly string[]): Promise<SaidAndHeard> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    const [epoch] = await manager.query<{ epoch: number }[]>('SELECT epoch FROM message_epoch');
    const counters = await manager.query<{ source: string; last: string }[]>(
      'SELECT source, last_sequence AS last FROM message_stream',
    );
    const unsent = await manager.query<{ source: string; epoch: number; sequence: string }[]>(
      `SELECT headers->>'ce_source' AS source, (headers->>'ce_epoch')::int AS epoch,
         (headers->>'ce_sequence')::bigint AS sequence
       FROM outbox WHERE topic = ANY($1::text[]) ORDER BY id`,
      [topics],
    );
    const cursors = await manager.query<{ consumer: string; source: string; epoch: number; sequence: string }[]>(
      'SELECT consumer, source, epoch, sequence FROM consumer_cursor WHERE sequence > 0',
    );
    const reads = await manager.query<{ consumer: string; topics: string[] }[]>(
      'SELECT consumer, array_agg(DISTINCT topic) AS topics FROM consumer_position GROUP BY consumer',
    );
    return {
      epoch: epoch?.epoch ?? 1,
      counters: new Map(counters.map(({ source, last }) => [source, Number(last)])),
      unsent: unsent.map((row) => ({ ...row, sequence: Number(row.sequence) })),
      cursors: cursors.map((row) => ({ ...row, sequence: Number(row.sequence) })),
      reads: new Map(reads.map((row) => [row.consumer, row.topics])),
    };
  });
}

/** Counters as they are by now, and the epoch: what a topic may hold at most. */
export async function countersNow(dataSource: DataSource): Promise<Pick<SaidAndHeard, 'epoch' | 'counters'>> {
  return saidAndHeard(dataSource, []);
}
