import { registrationRegistered, toHeaders } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type DataSource } from 'typeorm';
import { now } from './latencies';

const AT_ONCE = 500;
/** Of a longer import only the beginning is written again: it is held in memory, so as not to be made while it is timed. */
const MOST_BATCHES = 200;
const tables = ['registration', 'registrant', 'registration_ref', 'message_stream', 'outbox'] as const;
type Batch = Readonly<Record<(typeof tables)[number], string>>;

/**
 * Writes what an import of this event has written once more, into tables that are alike: rows, indexes and messages, 500
 * sign-ups in a transaction, on one connection, from JSON that is there already.
 * @returns sign-ups a second
 */
export async function bareInserts(dataSource: DataSource, eventId: string): Promise<number> {
  for (const table of tables) await dataSource.query(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`);
  const batches: Batch[] = [];
  let count = 0;
  for (let last = eventId.replaceAll(/[0-9a-f]/g, '0'); batches.length < MOST_BATCHES;) {
    const batch = await batchBehind(dataSource, eventId, last);
    if (batch === undefined) break;
    batches.push(batch.rows);
    count += batch.count;
    last = batch.last;
  }
  const startedAt = now();
  for (const batch of batches) {
    await dataSource.transaction(async (manager) => {
      for (const table of tables) {
        const columns = table === 'outbox' ? 'topic, message_key, headers, value' : '*';
        const into = table === 'outbox' ? `(${columns})` : '';
        await manager.query(
          `INSERT INTO bare_${table} ${into} SELECT ${columns} FROM jsonb_populate_recordset(NULL::bare_${table}, $1)`,
          [batch[table]],
        );
      }
    });
  }
  return (count / (now() - startedAt)) * 1_000;
}

async function batchBehind(
  dataSource: DataSource,
  eventId: string,
  last: string,
): Promise<{ rows: Batch; count: number; last: string } | undefined> {
  const registrations = await dataSource.query<{ id: string; row: object }[]>(
    'SELECT id, to_jsonb(r) AS row FROM registration r WHERE event_id = $1 AND id > $2 ORDER BY id LIMIT $3',
    [eventId, last, AT_ONCE],
  );
  const ids = registrations.map(({ id }) => id);
  const lastId = ids.at(-1);
  if (lastId === undefined) return undefined;
  const below = async (table: string): Promise<string> => {
    const rows = await dataSource.query<{ row: object }[]>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE registration_id = ANY ($1)`,
      [ids],
    );
    return JSON.stringify(rows.map(({ row }) => row));
  };
  const source = (id: string): string => `/registrations/${id}`;
  const rows = {
    registration: JSON.stringify(registrations.map(({ row }) => row)),
    registrant: await below('registrant'),
    registration_ref: await below('registration_ref'),
    message_stream: JSON.stringify(ids.map((id) => ({ source: source(id), last_sequence: 1 }))),
    outbox: JSON.stringify(ids.map((id) => messageOf(source(id), id))),
  };
  return { rows, count: ids.length, last: lastId };
}

/** As long as the one that was sent, which is no longer there. */
function messageOf(source: string, registrationId: string): object {
  const { type, topic, example } = registrationRegistered;
  const id = newId();
  const headers = toHeaders({
    ...{ id, source, type, subject: registrationId, time: new Date().toISOString(), epoch: 1, sequence: 1 },
    ...{ partitionKey: `${id}/${registrationId}`, tenantId: id, correlationId: id, causationId: id },
  });
  const value = Buffer.from(JSON.stringify({ ...example, registrationId }));
  return { topic: topic.name, message_key: registrationId, headers, value: `\\x${value.toString('hex')}` };
}
