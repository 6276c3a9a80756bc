import { startProcess } from '@expo-accord/http';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { prepare } from './prepare';

startProcess('gateway', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'gateway', level: config.LOG_LEVEL });
  await prepare(config, (line) => {
    logger.log(line);
  });
});
