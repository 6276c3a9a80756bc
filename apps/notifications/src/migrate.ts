import { startProcess } from '@expo-accord/http';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { prepare } from './prepare';

startProcess('notifications', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'notifications', level: config.LOG_LEVEL });
  await prepare(config, (line) => {
    logger.log(line);
  });
});
