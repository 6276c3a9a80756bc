import { Client } from 'pg';
import { asSuperuser, infrastructureAddress } from '../support/infrastructure';
import { now } from './latencies';
import { pgbench, pgbenchVersion } from './pgbench';

/** Somebody else who does the same by one statement each, as quickly as PostgreSQL lets them. */
export interface StatementPeer {
  readonly note: string;
  /** @param from the statement's $1 begins behind it, and is never the same for two */
  perSecond(clients: number, from: number, count: number): Promise<number>;
}

const SCHEMA = 'peer';

export interface PeerOptions {
  /** Of the registrations service's database. */
  readonly serviceUrl: string;
  /** Of the service; the peer works on copies of them in a schema of its own, so that nobody sends its messages. */
  readonly tables: readonly string[];
  /** What else is there before it begins, in its schema. */
  readonly prepare: readonly string[];
  /** With a number as $1. */
  readonly statement: string;
}

export async function statementPeer({ serviceUrl, tables, prepare, statement }: PeerOptions): Promise<StatementPeer> {
  const database = new URL(serviceUrl).pathname.slice(1);
  await asSuperuser(
    [
      `DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`,
      `CREATE SCHEMA ${SCHEMA}`,
      ...tables.map((table) => `CREATE TABLE ${SCHEMA}.${table} (LIKE registrations.${table} INCLUDING ALL)`),
      `SET search_path = ${SCHEMA}`,
      ...prepare,
      `ANALYZE`,
    ].join(';'),
    database,
  );
  const { host, port, user, password } = infrastructureAddress().postgres;
  const url = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  const version = await pgbenchVersion();
  const text = statement.replaceAll(/\s+/g, ' ');
  if (version === undefined) {
    return {
      note: 'there is no pgbench here, so this process runs the same statement by bare pg',
      perSecond: (clients, from, count) => byPg(url, text, clients, from, count),
    };
  }
  return {
    note: `${version}, prepared statements`,
    perSecond: (clients, from, count) => {
      const each = Math.ceil(count / clients);
      const script = [
        '\\set done :done + 1',
        `\\set number ${from} + :client_id * ${each} + :done`,
        `${text.replaceAll('$1', ':number')};`,
      ];
      return pgbench({ url, schema: SCHEMA, clients, transactions: count, script, variables: { done: 0 } });
    },
  };
}

async function byPg(url: string, text: string, clients: number, from: number, count: number): Promise<number> {
  const each = Math.ceil(count / clients);
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
        await client.query({ name: 'peer', text, values: [from + connection * each + done] });
      }
    }),
  );
  const seconds = (now() - startedAt) / 1_000;
  await Promise.all(connections.map((client) => client.end()));
  return (each * clients) / seconds;
}
