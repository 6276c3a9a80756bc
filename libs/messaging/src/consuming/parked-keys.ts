import { type DataSource } from 'typeorm';

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

/** Gives the first parked message of a source up, for a reason that is kept: a rebuild gives it up again. */
export async function dropParked(
  dataSource: DataSource,
  consumer: string,
  source: string,
  reason: string,
): Promise<boolean> {
  const dropped = await dataSource.query<unknown[]>(
    `WITH first AS (
       DELETE FROM parked_message WHERE (consumer, topic, partition, "offset") = (
         SELECT consumer, topic, partition, "offset" FROM parked_message
         WHERE consumer = $1 AND source = $2 ORDER BY topic, partition, "offset" LIMIT 1)
       RETURNING consumer, topic, partition, "offset")
     INSERT INTO dropped_message (consumer, topic, partition, "offset", reason)
     SELECT consumer, topic, partition, "offset", $3 FROM first RETURNING 1`,
    [consumer, source, reason],
  );
  return dropped.length > 0;
}
