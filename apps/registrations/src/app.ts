import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { consumersOf } from '@expo-accord/contracts';
import { createApi } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { AppModule } from './app.module';
import { type RegistrationsConfig } from './config';

/** The whole service, wired up but neither listening nor consuming yet. */
export async function createApp(config: RegistrationsConfig): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.with(config), {
    service: 'registrations',
    config,
    openApi: {
      title: 'expo-accord registrations',
      description: 'Ticket categories, quotas, sign-ups one by one and in bulk, and what they come to.',
    },
  });
  attachConsumers(app, consumersOf('registrations'));
  return app;
}
