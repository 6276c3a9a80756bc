import { consumersOf } from '@expo-accord/contracts';
import { createApi } from '@expo-accord/http';
import { attachConsumers } from '@expo-accord/messaging';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type NotificationsConfig } from './config';

const openApi = {
  title: 'Notifications',
  description: 'Webhook endpoints, the feed of public messages, mail templates and the log of deliveries.',
};

/** The service with its consumers attached; nothing listens or reads yet. */
export async function createApp(config: NotificationsConfig): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.with(config), { service: 'notifications', config, openApi });
  attachConsumers(app, consumersOf('notifications'));
  return app;
}
