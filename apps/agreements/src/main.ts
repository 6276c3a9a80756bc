import { consumersOf } from '@expo-accord/contracts';
import { createApi, serve, startProcess } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { AppModule } from './app.module';
import { loadConfig } from './config';
import { openApi } from './open-api';

startProcess('agreements', async () => {
  const config = loadConfig();
  const app = await createApi(AppModule.with(config), { service: 'agreements', config, openApi });
  attachConsumers(app, consumersOf('agreements'));
  await app.startAllMicroservices();
  await serve(app, config);
});
