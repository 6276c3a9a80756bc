import { Transactions } from '@expo-accord/database';
import { HealthRegistry, Telemetry } from '@expo-accord/observability';
import { type INestApplication, type Type } from '@nestjs/common';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { ConsumerServer } from './consumer-server';

/**
 * Makes the application read as each of these consumers (`<service>.<purpose>`), whose handlers are methods marked with
 * `@OnMessage` and its kin. They start with `await app.startAllMicroservices()`.
 */
export function attachConsumers(app: INestApplication, consumers: readonly string[]): void {
  const { subscription, exit } = app.get<MessagingOptions>(MESSAGING_OPTIONS, { strict: false });
  const health = ifThere(app, HealthRegistry);
  const telemetry = ifThere(app, Telemetry) ?? Telemetry.off;
  for (const consumer of consumers) {
    const strategy = new ConsumerServer(
      {
        consumer,
        dataSource: app.get(DataSource, { strict: false }),
        transactions: app.get(Transactions, { strict: false }),
        subscribe: (topics, events) => subscription(consumer, topics, events),
        exit,
      },
      health,
      telemetry,
    );
    app.connectMicroservice<MicroserviceOptions>({ strategy });
  }
}

/** What only an application that was made by `createApi` has. */
function ifThere<T>(app: INestApplication, provider: Type<T>): T | undefined {
  try {
    return app.get(provider, { strict: false });
  } catch {
    return undefined;
  }
}
