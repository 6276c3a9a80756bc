import { serve, startProcess } from '@expo-accord/http';
import { loadConfig } from './config';
import { createApp } from './app';

startProcess('events', async () => {
  const config = loadConfig();
  const app = await createApp(config);
  await app.startAllMicroservices();
  await serve(app, config);
});
