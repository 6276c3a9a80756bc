import { consumersOf } from '@expo-accord/contracts';
import { createApi } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type EventsConfig } from './config';

const openApi = {
  title: 'Events',
  description: 'Series, events and what happened there; reported figures and the statistics of a series.',
};

/** The service with its consumers attached; nothing listens or reads yet. */
export async function createApp(config: EventsConfig): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.with(config), { service: 'events', config, openApi });
  attachConsumers(app, consumersOf('events'));
  return app;
}
