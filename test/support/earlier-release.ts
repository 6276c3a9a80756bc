import { type DatabaseConfig, type EntityClass, migrate, type MigrationClass } from '@expo-accord/database';
import { testDatabase, type TestDatabase } from './infrastructure';

interface Schema {
  service: string;
  entities: readonly EntityClass[];
  migrations: readonly MigrationClass[];
}

/** A service's database as it was before this migration, and what brings it up to date. */
export async function databaseBefore(
  migration: MigrationClass,
  { service, entities, migrations }: Schema,
): Promise<{ db: TestDatabase; bringUpToDate: () => Promise<void> }> {
  const db = await testDatabase(service);
  const config: DatabaseConfig = {
    ...db.env,
    DATABASE_POOL_SIZE: 3,
    DATABASE_TLS: 'disable',
    DATABASE_CA_FILE: undefined,
  };
  const migrateWith = (given: readonly MigrationClass[]) =>
    migrate({ config, entities, migrations: given, log: () => undefined });
  await migrateWith(migrations.slice(0, migrations.indexOf(migration)));
  return { db, bringUpToDate: () => migrateWith(migrations) };
}
