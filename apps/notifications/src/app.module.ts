import { type DynamicModule, Module } from '@nestjs/common';
import { databaseModule } from '@expo-accord/database';
import { MessagingModule } from '@expo-accord/messaging';
import { type NotificationsConfig, secretKeyOf } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { DeliveriesModule } from './deliveries/deliveries.module';
import { DeliverySettings } from './deliveries/delivery.settings';
import { MailModule } from './mail/mail.module';
import { MailSettings } from './mail/mail.settings';
import { TemplatesModule } from './templates/templates.module';
import { WebhookSettings } from './webhooks/webhook.settings';
import { WebhooksModule } from './webhooks/webhooks.module';

const IDLE_POLL_MS = 1_000;
const PARTS_PER_MILLION = 1_000_000;

@Module({})
export class AppModule {
  static with(config: NotificationsConfig): DynamicModule {
    const scale = config.DELIVERY_RETRY_SCALE_PPM / PARTS_PER_MILLION;
    return {
      module: AppModule,
      imports: [
        databaseModule({ config, entities, migrations }),
        MessagingModule.forRoot({ service: 'notifications', kafka: config }),
        DeliveriesModule.with(new DeliverySettings(scale, config.DELIVERY_LEASE_MS, IDLE_POLL_MS, config.PUBLIC_URL)),
        MailModule.with(new MailSettings(config.SMTP_URL, config.SMTP_FROM, config.SMTP_CONNECTIONS)),
        TemplatesModule,
        WebhooksModule.with(
          new WebhookSettings(
            secretKeyOf(config),
            config.WEBHOOK_ALLOW_PRIVATE_ADDRESSES,
            config.WEBHOOK_TIMEOUT_MS,
            config.WEBHOOK_TRACEPARENT,
          ),
        ),
      ],
    };
  }
}
