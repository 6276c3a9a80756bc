import { readFileSync } from 'node:fs';
import { type Client } from 'pg';
import { type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { type DatabaseConfig } from './database.settings';
import { PoolClient } from './pool-client';
import { PostgresNaming } from './postgres-naming';

export type EntityClass = new (...args: never[]) => object;
export type MigrationClass = new () => MigrationInterface;

/** A transaction left open holds back vacuum and makes every poll of the outbox slower, so the server ends it. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
/** Below the minute by which lists ask `changedSince` to overlap: what is committed was written less than that before. */
const TRANSACTION_TIMEOUT_MS = 45_000;
const CONNECTION_TIMEOUT_MS = 10_000;

export const MIGRATIONS_TABLE = 'applied_migration';

/** Options of the one data source of a service. The schema never follows the entities by itself: migrations do that. */
export function dataSourceOptions(
  config: DatabaseConfig,
  entities: readonly EntityClass[],
  migrations: readonly MigrationClass[],
): DataSourceOptions {
  return {
    type: 'postgres',
    url: config.DATABASE_URL,
    schema: config.DATABASE_SCHEMA,
    applicationName: `expo-accord ${config.DATABASE_SCHEMA}`,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: MIGRATIONS_TABLE,
    synchronize: false,
    installExtensions: false,
    namingStrategy: new PostgresNaming(),
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeoutMS: CONNECTION_TIMEOUT_MS,
    ssl: tlsOptions(config),
    extra: {
      options: `-c search_path=${config.DATABASE_SCHEMA}`,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      keepAlive: true,
      // What need not wait for the answer before it does not; whoever awaits each notices nothing.
      pipeline: true,
      Client: PoolClient,
    },
  };
}

/**
 * For what serves and consumes, and not for migrations, rebuilds and operators. No connection is handed out before it has
 * been told. PostgreSQL before 17 has no such limit, and goes without.
 */
export function withBoundedTransactions<Options extends DataSourceOptions>(
  options: Options,
  limitMs = TRANSACTION_TIMEOUT_MS,
): Options {
  const onConnect = (client: Client): Promise<unknown> =>
    client.query(`SELECT set_config(name, $1, false) FROM pg_settings WHERE name = 'transaction_timeout'`, [
      String(limitMs),
    ]);
  return { ...options, extra: { ...(options.extra as object), onConnect } };
}

function tlsOptions(config: DatabaseConfig): false | { rejectUnauthorized: boolean; ca?: string } {
  const { DATABASE_TLS: tls, DATABASE_CA_FILE: caFile } = config;
  if (tls === 'disable') {
    return false;
  }
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') };
  return { rejectUnauthorized: tls === 'verify-full', ...ca };
}
