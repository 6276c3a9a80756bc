import { consumersOf } from '@expo-accord/contracts';
import { createApi } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type RegistrationsConfig } from './config';

const openApi = {
  title: 'Registrations',
  description: 'Ticket categories, quotas, sign-ups one by one and in bulk, and what they come to.',
};

/** The service with its consumers attached; nothing listens or reads yet. */
export async function createApp(config: RegistrationsConfig): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.with(config), { service: 'registrations', config, openApi });
  attachConsumers(app, consumersOf('registrations'));
  return app;
}
