import { consumersOf } from '@expo-accord/contracts';
import { createApi } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type AgreementsConfig } from './config';
import { type Clock, SystemClock } from './reminders/clock';

const openApi = {
  title: 'Agreements',
  description:
    'Agreements, projects, outcome documents and commitments, with the statistics computed from them. ' +
    'Nothing is announced before it is agreed; what is entered as history says so.',
};

/** The service with its consumers attached; nothing listens or reads yet. */
export async function createApp(
  config: AgreementsConfig,
  clock: Clock = new SystemClock(),
): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.with(config, clock), { service: 'agreements', config, openApi });
  attachConsumers(app, consumersOf('agreements'));
  return app;
}
