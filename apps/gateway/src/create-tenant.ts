import { parseArgs } from 'node:util';
import { dataSourceOptions, pendingMigrations } from '@expo-accord/database';
import { describeError } from '@expo-accord/observability';
import { DataSource } from 'typeorm';
import { loadConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { createTenant } from './tenants/first-key';

const usage = 'Usage: create-tenant --name NAME';

/** Prints `{"tenantId","keyId","key"}` as one line of JSON; the key is shown this once. */
async function main(): Promise<void> {
  const name = nameFrom(process.argv.slice(2));
  const config = loadConfig();
  const dataSource = new DataSource(dataSourceOptions({ ...config, DATABASE_POOL_SIZE: 3 }, entities, migrations));
  await dataSource.initialize();
  try {
    if ((await pendingMigrations(dataSource)).length > 0)
      throw new Error('The database is not migrated; run migrate first.');
    process.stdout.write(`${JSON.stringify(await createTenant(dataSource, name))}\n`);
  } finally {
    await dataSource.destroy();
  }
}

function nameFrom(args: string[]): string {
  const { values } = parseArgs({ args, options: { name: { type: 'string' } } });
  const name = values.name?.trim() ?? '';
  if (name === '' || name.length > 200) throw new Error(`${usage} (1 to 200 characters).`);
  return name;
}

main().catch((error: unknown) => {
  const { message, code } = describeError(error);
  process.stderr.write(`${message === '' ? `The database cannot be reached (${code ?? 'unknown'}).` : message}\n`);
  process.exitCode = 1;
});
