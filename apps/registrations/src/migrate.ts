import { startProcess } from '@expo-accord/http';
import { JsonLogger } from '@expo-accord/observability';
import { loadConfig } from './config';
import { prepare } from './prepare';

startProcess('registrations', async () => {
  const config = loadConfig();
  const logger = new JsonLogger({ service: 'registrations', level: config.LOG_LEVEL });
  await prepare(config, (line) => {
    logger.log(line);
  });
});
