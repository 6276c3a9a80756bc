import { type DataSource } from 'typeorm';
import { MIGRATIONS_TABLE } from './data-source-options';

/** Names of the migrations this process knows and the database has not seen. Reads only. */
export async function pendingMigrations(dataSource: DataSource): Promise<string[]> {
  const [table] = await dataSource.query<{ known: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS known', [
    MIGRATIONS_TABLE,
  ]);
  const rows = table?.known ? await dataSource.query<{ name: string }[]>(`SELECT name FROM ${MIGRATIONS_TABLE}`) : [];
  const applied = new Set(rows.map(({ name }) => name));
  return dataSource.migrations
    .map((migration) => migration.name ?? migration.constructor.name)
    .filter((name) => !applied.has(name));
}
