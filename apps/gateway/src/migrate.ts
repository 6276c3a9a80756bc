import { migrate } from '@expo-accord/database';
import { startProcess } from '@expo-accord/http';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';

startProcess('gateway', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'gateway', level: config.LOG_LEVEL });
  const log = (line: string): void => {
    logger.log(line, 'Migrations');
  };
  await migrate({ config, entities, migrations, log });
});
