import { serve, startProcess } from '@expo-accord/http';
import { createApp } from './app';
import { loadConfig } from './config';

startProcess('gateway', async () => {
  const config = loadConfig();
  await serve(await createApp(config), config);
});
