import { type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { type DataOf, seriesRecorded, seriesTopic, type TopicContract } from '@expo-accord/contracts';
import { databaseModule, databaseSettings, migrate, newId, Transactions } from '@expo-accord/database';
import {
  attachConsumers,
  createTopics,
  kafkaSettings,
  messagingEntities,
  MessagingModule,
  messagingMigrations,
  Outbox,
  outgoing,
  Relay,
} from '@expo-accord/messaging';
import { JsonLogger } from '@expo-accord/observability';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase, testKafka, type TestKafka } from './infrastructure';

export const tenantId = newId();

export const settings = { ...databaseSettings, ...kafkaSettings };

/** A database with the tables of libs/messaging and one for effects, and topics of its own. */
export interface Surroundings {
  db: TestDatabase;
  kafka: TestKafka;
  env: Record<string, string>;
  drop: () => Promise<void>;
}

export async function surroundings(
  consumers: readonly string[] = [],
  topics: readonly TopicContract[] = [seriesTopic],
): Promise<Surroundings> {
  const db = await testDatabase('events');
  const kafka = testKafka();
  const env = { ...db.env, ...kafka.env };
  const config = readSettings(settings, env);
  const log = (): void => undefined;
  await migrate({ config, entities: messagingEntities, migrations: messagingMigrations, log });
  await db.query(`CREATE TABLE effect (at bigserial, source text, epoch int, sequence int, pid int)`);
  await createTopics(config, topics, consumers, log);
  const drop = async (): Promise<void> => {
    await kafka.drop();
    await db.drop();
  };
  return { db, kafka, env, drop };
}

/** One process of a service over these surroundings, complete with relay. */
export async function service(
  { env }: Pick<Surroundings, 'env'>,
  controllers: Type[] = [],
  consumers: string[] = [],
): Promise<NestFastifyApplication> {
  const config = readSettings(settings, env);
  const built = await Test.createTestingModule({
    imports: [
      databaseModule({ config, entities: messagingEntities, migrations: messagingMigrations }),
      MessagingModule.forRoot({ service: 'events', kafka: config }),
    ],
    controllers,
  })
    .setLogger(new JsonLogger({ service: 'events', level: process.env.SPEC_LOG === undefined ? 'fatal' : 'debug' }))
    .compile();
  const app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  attachConsumers(app, consumers);
  await app.init();
  await app.startAllMicroservices();
  // What is in the outbox when a relay takes over waits for seconds; a spec that says something need not.
  await until(
    () => app.get(Relay).state,
    (state) => state !== 'starting',
  );
  return app;
}

export function series(seriesId: string): DataOf<typeof seriesRecorded> {
  return { ...seriesRecorded.example, seriesId };
}

/** Says that these series were recorded, in one transaction. */
export async function say(app: NestFastifyApplication, ...seriesIds: string[]): Promise<void> {
  const messages = seriesIds.map((aggregateId) =>
    outgoing(seriesRecorded, { aggregateId, tenantId, data: series(aggregateId) }),
  );
  await app.get(Transactions).run((manager) => app.get(Outbox).append(manager, messages));
}

export function dataSourceOf(app: NestFastifyApplication): DataSource {
  return app.get(DataSource);
}

/** Resolves when `condition` holds. Fails after `withinMs` with what it last was. */
export async function until<T>(
  probe: () => Promise<T> | T,
  condition: (value: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (condition(value)) return value;
    if (Date.now() > deadline) throw new Error(`Waited in vain; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
