import { type DynamicModule, Module } from '@nestjs/common';
import { FeedModule } from '../feed/feed.module';
import { WebhookDeliveryController } from './webhook-delivery.controller';
import { WebhookConsumer } from './webhook.consumer';
import { WebhookEndpointController } from './webhook-endpoint.controller';
import { WebhookEndpoints } from './webhook-endpoint.service';
import { WebhookFanOut } from './webhook.fan-out';
import { WebhookSettings } from './webhook.settings';
import { WebhookWorker } from './webhook.worker';

@Module({})
export class WebhooksModule {
  static with(settings: WebhookSettings): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [FeedModule],
      controllers: [WebhookConsumer, WebhookEndpointController, WebhookDeliveryController],
      providers: [{ provide: WebhookSettings, useValue: settings }, WebhookEndpoints, WebhookFanOut, WebhookWorker],
    };
  }
}
