import { startProcess } from '@expo-accord/http';
import { runRebuild } from '@expo-accord/messaging';
import { createApp } from './app';
import { loadConfig } from './config';
import { readModels } from './database/read-models';

startProcess('events', async () => {
  // Runs beside the service, whose port for metrics is taken.
  const config = { ...loadConfig(), METRICS_PORT: undefined };
  await runRebuild(await createApp(config), readModels);
});
