import { Client } from 'pg';
import { asSuperuser, infrastructureAddress } from '../support/infrastructure';
import { now } from './latencies';
import { pgbench, pgbenchVersion } from './pgbench';

/** Somebody else who checks people in by one statement each, as quickly as PostgreSQL lets them. */
export interface CheckInPeer {
  readonly note: string;
  /** @param from the first of the registrations, by the order of their ids, that it checks in */
  perSecond(from: number, scans: number): Promise<number>;
}

const SCHEMA = 'peer';

/** With $1 the number of the registration: the row, the scan, the stream and the message, as the service writes them. */
const STATEMENT = `
  WITH came AS (
         UPDATE registration SET status = 'checkedIn', version = version + 1, updated_at = now()
          WHERE id = (SELECT id FROM numbered WHERE number = $1) RETURNING id, tenant_id, event_id),
       scan AS (
         INSERT INTO check_in (id, tenant_id, event_id, scan_id, content_hash, registration_id, ticket_number, scanned_at,
                day, direction, gate, outcome, created_at, updated_at)
         SELECT gen_random_uuid(), tenant_id, event_id, id::text, repeat('h', 43), id, 1, now(), current_date, 'in',
                'north', 'entered', now(), now() FROM came),
       place AS (
         INSERT INTO message_stream (source, last_sequence) SELECT '/registrations/' || id, 1 FROM came
         ON CONFLICT (source) DO UPDATE SET last_sequence = message_stream.last_sequence + 1 RETURNING source)
  INSERT INTO outbox (topic, message_key, headers, value)
  SELECT 'registrations.registration', source, jsonb_build_object('ce_id', source, 'ce_rest', repeat('h', 500)),
         convert_to(repeat('v', 600), 'UTF8') FROM place`.replaceAll(/\s+/g, ' ');

/**
 * Works on copies of the service's tables in a schema of its own, so that nobody sends its messages.
 * @param url of the service's database
 */
export async function checkInPeer(serviceUrl: string, clients: number): Promise<CheckInPeer> {
  const database = new URL(serviceUrl).pathname.slice(1);
  const tables = ['registration', 'check_in', 'message_stream', 'outbox'];
  await asSuperuser(
    [
      `CREATE SCHEMA ${SCHEMA}`,
      ...tables.map((table) => `CREATE TABLE ${SCHEMA}.${table} (LIKE registrations.${table} INCLUDING ALL)`),
      `INSERT INTO ${SCHEMA}.registration SELECT * FROM registrations.registration`,
      `INSERT INTO ${SCHEMA}.message_stream SELECT * FROM registrations.message_stream`,
      `CREATE TABLE ${SCHEMA}.numbered (number integer PRIMARY KEY, id uuid NOT NULL)`,
      `INSERT INTO ${SCHEMA}.numbered SELECT row_number() OVER (ORDER BY id), id FROM ${SCHEMA}.registration`,
      `ANALYZE`,
    ].join(';'),
    database,
  );
  const { host, port, user, password } = infrastructureAddress().postgres;
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  const version = await pgbenchVersion();
  if (version === undefined) {
    return {
      note: 'there is no pgbench here, so this process runs the same statement by bare pg',
      perSecond: (from, scans) => byPg(url, clients, from, scans),
    };
  }
  return {
    note: `${version}, prepared statements`,
    perSecond: (from, scans) => {
      const each = Math.ceil(scans / clients);
      const script = [
        '\\set done :done + 1',
        `\\set number ${from} + :client_id * ${each} + :done`,
        `${STATEMENT.replace('$1', ':number')};`,
      ];
      return pgbench({ url, schema: SCHEMA, clients, transactions: scans, script, variables: { done: 0 } });
    },
  };
}

async function byPg(url: string, clients: number, from: number, scans: number): Promise<number> {
  const each = Math.ceil(scans / clients);
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: url, options: `-c search_path=${SCHEMA}` });
      await client.connect();
      return client;
    }),
  );
  const startedAt = now();
  await Promise.all(
    connections.map(async (client, connection) => {
      for (let done = 1; done <= each; done += 1) {
        await client.query({ name: 'check in', text: STATEMENT, values: [from + connection * each + done] });
      }
    }),
  );
  const seconds = (now() - startedAt) / 1_000;
  await Promise.all(connections.map((client) => client.end()));
  return (each * clients) / seconds;
}
