import { connectWaiting, dataSourceOptions } from '@expo-accord/database';
import { startProcess } from '@expo-accord/http';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { rebuildStatistics } from './statistics/rebuild';

startProcess('events', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'events', level: config.LOG_LEVEL });
  const log = (line: string): void => {
    logger.log(line, 'RebuildStatistics');
  };
  const dataSource = await connectWaiting(dataSourceOptions(config, entities, migrations), log);
  try {
    await rebuildStatistics(dataSource);
    log('The tallies are empty; the running service counts all messages again');
  } finally {
    await dataSource.destroy();
  }
});
