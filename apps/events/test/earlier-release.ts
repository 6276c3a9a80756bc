import { type DatabaseConfig, migrate, type MigrationClass } from '@expo-accord/database';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { entities } from '../src/database/entities';
import { migrations } from '../src/database/migrations';

/** A database as it was before this migration, and what brings it up to date. */
export async function databaseBefore(
  migration: MigrationClass,
): Promise<{ db: TestDatabase; bringUpToDate: () => Promise<void> }> {
  const db = await testDatabase('events');
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
