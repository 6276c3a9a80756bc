import { type DataSource } from 'typeorm';
import { type DatabaseConfig } from './database.settings';
import { dataSourceOptions, type EntityClass, type MigrationClass } from './data-source-options';
import { connectWaiting } from './wait-for-database';

export interface MigrateOptions {
  readonly config: DatabaseConfig;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly log: (line: string) => void;
}

/** Brings the schema up to date. Safe to run twice and by two at once: the second waits and finds nothing to do. */
export async function migrate({ config, entities, migrations, log }: MigrateOptions): Promise<void> {
  const options = dataSourceOptions({ ...config, DATABASE_POOL_SIZE: 3 }, entities, migrations);
  const dataSource = await connectWaiting(options, log);
  const lockHolder = dataSource.createQueryRunner();
  try {
    await lockHolder.query(`SELECT pg_advisory_lock(hashtext('migrate'), hashtext($1))`, [config.DATABASE_SCHEMA]);
    await createSchemaIfMissing(dataSource, config.DATABASE_SCHEMA);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    log(applied.length === 0 ? 'The schema is up to date' : `Applied ${applied.map(({ name }) => name).join(', ')}`);
  } finally {
    // Ending the session also ends the lock.
    await lockHolder.release();
    await dataSource.destroy();
  }
}

/** The statements that would make the schema follow the entities: none, if the migrations say what the entities say. */
export async function schemaDifference(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

/** Only if missing: a role that may not create schemas is given its own beforehand. */
async function createSchemaIfMissing(dataSource: DataSource, schema: string): Promise<void> {
  const found = await dataSource.query<unknown[]>('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (found.length === 0) {
    await dataSource.query(`CREATE SCHEMA IF NOT EXISTS "${schema}" AUTHORIZATION CURRENT_USER`);
  }
}
