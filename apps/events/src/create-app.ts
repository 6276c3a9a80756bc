import { consumersOf } from '@expo-accord/contracts';
import { createApi } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type Config } from './config';

/** The service with its consumers attached; nothing listens or consumes yet. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.forRoot(config), {
    service: 'events',
    config,
    openApi: {
      title: 'Events',
      description: 'Series, events and what happened there; reported figures and the statistics of a series.',
    },
  });
  attachConsumers(app, consumersOf('events'));
  return app;
}
