import { topics } from '@expo-accord/contracts';
import { type DataSource } from 'typeorm';

/** A key of any consumer of the service that has something parked. */
export interface ParkedSource {
  readonly consumer: string;
  readonly source: string;
  readonly waiting: number;
  /** Why the first one waits; the others wait behind it. */
  readonly reason: string;
  readonly since: Date;
  /** `redriving` from when it was asked for until the running consumer has tried. */
  readonly state: 'parked' | 'redriving';
}

/** Longest waiting first. */
export async function parkedSources(dataSource: DataSource): Promise<ParkedSource[]> {
  return dataSource.query<ParkedSource[]>(
    `SELECT consumer, source, count(*)::int AS waiting,
       (array_agg(reason ORDER BY topic, partition, "offset"))[1] AS reason, min(parked_at) AS since,
       coalesce(min(state), 'parked') AS state
     FROM parked_message LEFT JOIN consumer_cursor USING (consumer, source)
     GROUP BY consumer, source ORDER BY since`,
  );
}

/** A parked message without what it says. */
export interface ParkedEnvelope {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly id: string | null;
  readonly type: string | null;
  readonly epoch: number | null;
  readonly sequence: number | null;
  readonly time: string | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly parkedAt: Date;
  /** Null is a tombstone. */
  readonly bytes: number | null;
  /** Undefined unless asked for; null where it is withheld. */
  readonly payload?: string | null;
}

interface Row extends Pick<ParkedEnvelope, 'topic' | 'partition' | 'reason' | 'detail' | 'parkedAt' | 'bytes'> {
  offset: string;
  headers: Record<string, string>;
  value: Buffer | null;
}

/**
 * What waits under a key, in the order in which it will be tried. With `payload`, also what the messages say, but for
 * topics that carry personal data.
 */
export async function parkedMessages(
  dataSource: DataSource,
  consumer: string,
  source: string,
  options: { payload: boolean },
): Promise<ParkedEnvelope[]> {
  const rows = await dataSource.query<Row[]>(
    `SELECT topic, partition, "offset", headers, reason, detail, parked_at AS "parkedAt", octet_length(value) AS bytes,
       CASE WHEN topic = ANY($3::text[]) THEN value END AS value
     FROM parked_message WHERE consumer = $1 AND source = $2 ORDER BY topic, partition, "offset"`,
    [consumer, source, options.payload ? mayBeShown : []],
  );
  return rows.map(({ headers, value, offset, topic, partition, ...why }) => ({
    topic,
    partition,
    offset: Number(offset),
    id: headers.ce_id ?? null,
    type: headers.ce_type ?? null,
    epoch: numberOf(headers.ce_epoch),
    sequence: numberOf(headers.ce_sequence),
    time: headers.ce_time ?? null,
    ...why,
    ...(options.payload ? { payload: value?.toString('utf8') ?? null } : {}),
  }));
}

/** An unknown topic may carry anything. */
const mayBeShown = topics.filter(({ visibility }) => visibility !== 'restricted').map(({ name }) => name);

function numberOf(header: string | undefined): number | null {
  const number = Number(header);
  return header === undefined || !Number.isSafeInteger(number) ? null : number;
}

/** A message that somebody gave up, and why. */
export interface DroppedRecord {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: string;
  readonly droppedAt: Date;
}

/** Latest first. */
export async function droppedRecords(dataSource: DataSource): Promise<DroppedRecord[]> {
  const rows = await dataSource.query<(Omit<DroppedRecord, 'offset'> & { offset: string })[]>(
    `SELECT consumer, topic, partition, "offset", reason, dropped_at AS "droppedAt"
     FROM dropped_message ORDER BY dropped_at DESC`,
  );
  return rows.map((row) => ({ ...row, offset: Number(row.offset) }));
}
