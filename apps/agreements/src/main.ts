import { serve, startProcess } from '@expo-accord/http';
import { createApp } from './app';
import { loadConfig } from './config';

startProcess('agreements', async () => {
  const config = loadConfig();
  const app = await createApp(config);
  await app.startAllMicroservices();
  await serve(app, config);
});
