import { consumersOf, topics } from '@expo-accord/contracts';
import { migrate } from '@expo-accord/database';
import { startProcess } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';

startProcess('notifications', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'notifications', level: config.LOG_LEVEL });
  const log = (line: string): void => {
    logger.log(line);
  };
  await migrate({ config, entities, migrations, log });
  const own = topics.filter(({ owner }) => owner === 'notifications');
  await createTopics(config, own, consumersOf('notifications'), log);
});
