import { consumersOf, topics } from '@expo-accord/contracts';
import { migrate } from '@expo-accord/database';
import { startProcess } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';

startProcess('agreements', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'agreements', level: config.LOG_LEVEL });
  const log = (line: string): void => {
    logger.log(line);
  };
  await migrate({ config, entities, migrations, log });
  const own = topics.filter(({ owner }) => owner === 'agreements');
  await createTopics(config, own, consumersOf('agreements'), log);
});
