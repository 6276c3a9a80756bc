import { readFileSync } from 'node:fs';
import { type Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';
import { type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { type DatabaseConfig } from './database.settings';
import { PostgresNaming } from './postgres-naming';

export type EntityClass = new (...args: never[]) => object;
export type MigrationClass = new () => MigrationInterface;

/** A transaction left open holds back vacuum and makes every poll of the outbox slower, so the server ends it. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
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

/** As TypeORM writes it. */
const START = 'START TRANSACTION';

/**
 * What is asked of a connection in one turn of the event loop travels together. The start of a transaction is not waited
 * for, so it travels with the first statement: it fails only where that one fails as well, with the connection.
 */
class PoolClient extends Client {
  #gathers = false;

  /**
   * Between the pool, which hands it out, and TypeORM, which takes it a moment later, nobody listens: an error that comes
   * with the first answer of a server that goes down would end the process. Who uses it next is told by its query.
   */
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }

  override query(...asked: never[]): never {
    const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
    if (!this.#gathers) {
      this.#gathers = true;
      stream.cork();
      process.nextTick(() => {
        this.#gathers = false;
        stream.uncork();
      });
    }
    const answer = (super.query.bind(this) as (...asked: never[]) => Promise<unknown>)(...asked);
    const [statement]: unknown[] = asked;
    if (statement !== START) return answer as never;
    answer.catch(() => undefined);
    return Promise.resolve({ command: START, rows: [] }) as never;
  }
}

function tlsOptions(config: DatabaseConfig): false | { rejectUnauthorized: boolean; ca?: string } {
  const { DATABASE_TLS: tls, DATABASE_CA_FILE: caFile } = config;
  if (tls === 'disable') {
    return false;
  }
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') };
  return { rejectUnauthorized: tls === 'verify-full', ...ca };
}
