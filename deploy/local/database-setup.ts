import { type ServiceName } from '@expo-accord/contracts';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { type PostgresAddress } from './postgres';
import { serviceNames } from './services';

export interface DatabasePlan {
  server: PostgresAddress;
  database: string;
  /** Roles belong to the whole server: on a shared one they need names of their own. */
  rolePrefix: string;
  passwords: Record<ServiceName, string>;
}

function roleOf(plan: DatabasePlan, service: ServiceName): string {
  return `${plan.rolePrefix}${service}`;
}

/** Makes the database, and in it one role and one schema a service; safe to run again. Answers each service's URL. */
export async function setUpDatabase(plan: DatabasePlan): Promise<Record<ServiceName, string>> {
  await asSuperuser(plan.server, 'postgres', async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [plan.database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(plan.database)}`);
    await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(plan.database)} FROM PUBLIC`);
  });
  await asSuperuser(plan.server, plan.database, async (client) => {
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    for (const service of serviceNames) await setUpService(client, plan, service);
  });
  const { host, port } = plan.server;
  const urlOf = (service: ServiceName): string =>
    `postgres://${roleOf(plan, service)}:${encodeURIComponent(plan.passwords[service])}@${host}:${port}/${plan.database}`;
  return Object.fromEntries(serviceNames.map((name) => [name, urlOf(name)])) as Record<ServiceName, string>;
}

async function setUpService(client: Client, plan: DatabasePlan, service: ServiceName): Promise<void> {
  const role = escapeIdentifier(roleOf(plan, service));
  const schema = escapeIdentifier(service);
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [roleOf(plan, service)]);
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${role}`);
  await client.query(
    `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${escapeLiteral(plan.passwords[service])}`,
  );
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${escapeIdentifier(plan.database)} TO ${role}`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${role}`);
}

/** Takes away what setUpDatabase made. */
export async function dropDatabase(plan: Pick<DatabasePlan, 'server' | 'database' | 'rolePrefix'>): Promise<void> {
  await asSuperuser(plan.server, 'postgres', async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(plan.database)} WITH (FORCE)`);
    for (const service of serviceNames) {
      await client.query(`DROP ROLE IF EXISTS ${escapeIdentifier(`${plan.rolePrefix}${service}`)}`);
    }
  });
}

async function asSuperuser(
  server: PostgresAddress,
  database: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ ...server, database });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
