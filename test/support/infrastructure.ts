import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { type InfrastructureAddress } from '../../deploy/local/infrastructure';

/** Names the JSON file with the address of the running PostgreSQL and Kafka; globalSetup sets it unless it is set. */
export const infrastructureVariable = 'EXPO_ACCORD_TEST_INFRASTRUCTURE';

export function infrastructureAddress(): InfrastructureAddress {
  const file = process.env[infrastructureVariable];
  if (file === undefined)
    throw new Error(`${infrastructureVariable} is not set: is this spec named .int.spec.ts or .e2e.spec.ts?`);
  return JSON.parse(readFileSync(file, 'utf8')) as InfrastructureAddress;
}

export interface TestDatabase {
  /** postgres://role:password@host:port/database of a role that is no superuser and owns nothing but `schema`. */
  url: string;
  schema: string;
  role: string;
  /** What a service reads from its environment. */
  env: { DATABASE_URL: string; DATABASE_SCHEMA: string };
  /** Runs one statement as that role, in a connection of its own. */
  query: <Row extends object = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Runs one statement, whose locks stay until the answer is called. */
  hold: (sql: string, values?: unknown[]) => Promise<() => Promise<void>>;
  /** Processes of its server that wait for a lock of somebody else's. */
  waiting: () => Promise<number[]>;
  drop: () => Promise<void>;
}

/** Runs `work` with a connection of its own, with the schema as its search path if one is named. */
export async function connected<T>(
  url: string,
  schema: string | undefined,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url, ...(schema && { options: `-c search_path=${schema}` }) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function superuserUrl(database: string): string {
  const { host, port, user, password } = infrastructureAddress().postgres;
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

/** Runs one statement as the superuser, in the database `postgres` or the one named. */
export async function asSuperuser(sql: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
  return await connected(superuserUrl(database), undefined, async (client) => {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows;
  });
}

/** A database of its own with one role and one schema, both called `schema`, as a service finds them in production. */
export async function testDatabase(schema: string): Promise<TestDatabase> {
  const unique = randomBytes(5).toString('hex');
  const database = `test_${schema}_${unique}`;
  const role = `${schema}_${unique}`;
  const password = randomBytes(12).toString('hex');
  await asSuperuser(`CREATE ROLE "${role}" LOGIN PASSWORD '${password}'`);
  await asSuperuser(`CREATE DATABASE "${database}"`);
  await connected(superuserUrl(database), undefined, async (client) => {
    await client.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC; CREATE SCHEMA "${schema}" AUTHORIZATION "${role}"`);
  });
  const { host, port } = infrastructureAddress().postgres;
  const url = `postgres://${role}:${password}@${host}:${port}/${database}`;
  const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    await connected(url, schema, async (client) => (await client.query<Row>(sql, values)).rows);
  return {
    url,
    schema,
    role,
    env: { DATABASE_URL: url, DATABASE_SCHEMA: schema },
    query,
    hold: async (sql, values = []) => {
      const client = new Client({ connectionString: url, options: `-c search_path=${schema}` });
      await client.connect();
      await client.query('BEGIN');
      await client.query(sql, values);
      return () => client.end();
    },
    waiting: async () => {
      const locked = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return (await query<{ pid: number }>(locked)).map(({ pid }) => pid);
    },
    drop: async () => {
      await asSuperuser(`DROP DATABASE "${database}" WITH (FORCE)`);
      await asSuperuser(`DROP ROLE "${role}"`);
    },
  };
}

export interface TestKafka {
  brokers: string[];
  /** Unique to the caller: no other spec sees topics or consumer groups that begin with it. */
  topicPrefix: string;
  /** What a service reads from its environment. */
  env: { KAFKA_BROKERS: string; KAFKA_TOPIC_PREFIX: string };
  /** Deletes the topics and the (by then empty) consumer groups that begin with the prefix. */
  drop: () => Promise<void>;
}

export function testKafka(): TestKafka {
  const { openBrokers: brokers = [] } = infrastructureAddress().kafka;
  const topicPrefix = `t${randomBytes(5).toString('hex')}.`;
  return {
    brokers,
    topicPrefix,
    env: { KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: topicPrefix },
    drop: async () => {
      await dropTopics(brokers, topicPrefix);
    },
  };
}

async function dropTopics(brokers: string[], prefix: string): Promise<void> {
  const admin = new Kafka({ clientId: 'test-support', brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const groups = (await admin.listGroups()).groups
      .map(({ groupId }) => groupId)
      .filter((id) => id.startsWith(prefix));
    // A group whose last member is still leaving cannot be deleted; it is empty and harmless.
    if (groups.length > 0) await admin.deleteGroups(groups).catch(() => undefined);
  } finally {
    await admin.disconnect();
  }
}
