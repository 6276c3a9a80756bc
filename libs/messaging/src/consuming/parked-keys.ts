import { type DataSource } from 'typeorm';
import { advanceCursor, setKeyState } from './cursor';
import { placeOf } from './reading';

export interface ParkedKey {
  readonly source: string;
  readonly waiting: number;
  readonly reason: string;
  readonly since: Date;
}

/** What a consumer has parked, longest waiting first. */
export async function parkedKeys(dataSource: DataSource, consumer: string): Promise<ParkedKey[]> {
  return dataSource.query<ParkedKey[]>(
    `SELECT source, count(*)::int AS waiting, (array_agg(reason ORDER BY "offset"))[1] AS reason, min(parked_at) AS since
     FROM parked_message WHERE consumer = $1 GROUP BY source ORDER BY since`,
    [consumer],
  );
}

/**
 * Asks for the parked messages of a source to be tried again, in order. The running consumer does so within two
 * seconds; what still fails stays parked. Answers whether there was anything parked.
 */
export async function redrive(dataSource: DataSource, consumer: string, source: string): Promise<boolean> {
  const [asked] = await dataSource.query<[unknown[], number]>(
    `UPDATE consumer_cursor SET state = 'redriving' WHERE consumer = $1 AND source = $2 AND state = 'parked' RETURNING 1`,
    [consumer, source],
  );
  return asked.length > 0;
}

/**
 * Gives the first parked message of a source up, for a reason that is kept: a rebuild gives it up again. What waits
 * behind it goes on waiting for a `redrive`; if nothing does, the source flows again.
 */
export async function dropParked(
  dataSource: DataSource,
  consumer: string,
  source: string,
  reason: string,
): Promise<boolean> {
  const key = { consumer, source };
  return dataSource.transaction(async (manager) => {
    // The row that the consumer and a redrive hold, too.
    await manager.query('SELECT 1 FROM consumer_cursor WHERE consumer = $1 AND source = $2 FOR UPDATE', [
      consumer,
      source,
    ]);
    const [dropped] = await manager.query<{ headers: Record<string, string> }[]>(
      `WITH first AS (
         DELETE FROM parked_message WHERE (consumer, topic, partition, "offset") = (
           SELECT consumer, topic, partition, "offset" FROM parked_message
           WHERE consumer = $1 AND source = $2 ORDER BY topic, partition, "offset" LIMIT 1)
         RETURNING *),
       kept AS (
         INSERT INTO dropped_message (consumer, topic, partition, "offset", reason)
         SELECT consumer, topic, partition, "offset", $3 FROM first)
       SELECT headers FROM first`,
      [consumer, source, reason],
    );
    if (dropped === undefined) {
      return false;
    }
    const place = placeOf(dropped);
    if (place !== null) {
      await advanceCursor(manager, key, place);
    }
    const waiting = await manager.query<unknown[]>(
      'SELECT 1 FROM parked_message WHERE consumer = $1 AND source = $2 LIMIT 1',
      [consumer, source],
    );
    if (waiting.length === 0) {
      await setKeyState(manager, key, 'flowing');
    }
    return true;
  });
}
