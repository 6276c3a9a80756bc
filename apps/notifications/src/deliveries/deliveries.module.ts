import { type DynamicModule, Module } from '@nestjs/common';
import { DeliveryClaims } from './delivery.claims';
import { DeliveryController } from './delivery.controller';
import { DeliveryLog } from './delivery.log';
import { DeliveryRecorder } from './delivery.recorder';
import { DeliveryTelemetry } from './delivery.telemetry';
import { DeliverySettings } from './delivery.settings';
import { Retention } from './retention';

/** Global: every channel claims and records through it. */
@Module({})
export class DeliveriesModule {
  static with(settings: DeliverySettings): DynamicModule {
    return {
      module: DeliveriesModule,
      global: true,
      controllers: [DeliveryController],
      providers: [
        { provide: DeliverySettings, useValue: settings },
        DeliveryClaims,
        DeliveryLog,
        DeliveryRecorder,
        DeliveryTelemetry,
        Retention,
      ],
      exports: [DeliverySettings, DeliveryClaims, DeliveryLog, DeliveryRecorder, DeliveryTelemetry],
    };
  }
}
