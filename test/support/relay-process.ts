import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { databaseModule } from '@expo-accord/database';
import { messagingEntities, MessagingModule, messagingMigrations, Relay } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { until } from './until';
import { messagingSettings } from './messaging-settings';

@Module({})
class Root {}

/** A process that is nothing but a relay, for specs to kill. Says `sending` or `standing by` once it knows. */
async function main(): Promise<void> {
  const config = readSettings(messagingSettings, process.env);
  const module = {
    module: Root,
    imports: [
      databaseModule({ config, entities: messagingEntities, migrations: messagingMigrations }),
      MessagingModule.forRoot({ service: 'events', kafka: config }),
    ],
  };
  const app = await NestFactory.createApplicationContext(module, { logger: ['error', 'fatal'] });
  app.useLogger(false);
  app.enableShutdownHooks();
  const state = await until(
    () => app.get(Relay).state,
    (now) => now !== 'starting',
  );
  process.stdout.write(`${state}\n`);
}

void main();
