import { dataSourceOptions } from '@expo-accord/database';
import { startProcess } from '@expo-accord/http';
import { DataSource } from 'typeorm';
import { loadConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { recountProjects } from './statistics/recount-projects';

/** Counts all projects anew and prints in how many kinds the kept totals were wrong, which they never should be. */
startProcess('agreements', async () => {
  const config = loadConfig();
  const dataSource = new DataSource(dataSourceOptions({ ...config, DATABASE_POOL_SIZE: 2 }, entities, migrations));
  await dataSource.initialize();
  try {
    process.stdout.write(`${JSON.stringify({ wrong: await recountProjects(dataSource.manager) })}\n`);
  } finally {
    await dataSource.destroy();
  }
});
