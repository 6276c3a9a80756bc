import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { type DataOf, seriesRecorded, seriesTopic, type TopicContract } from '@expo-accord/contracts';
import { databaseModule, migrate, newId, Transactions } from '@expo-accord/database';
import {
  attachConsumers,
  createTopics,
  messagingEntities,
  MessagingModule,
  messagingMigrations,
  Outbox,
  outgoing,
  readTopics,
  Relay,
} from '@expo-accord/messaging';
import { JsonLogger, Telemetry } from '@expo-accord/observability';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase, testKafka, type TestKafka } from './infrastructure';
import { messagingSettings } from './messaging-settings';
import { until } from './until';

export const tenantId = newId();

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
  const config = readSettings(messagingSettings, env);
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

@Module({})
class TelemetryModule {}

function telemetryModule(telemetry: Telemetry): DynamicModule {
  const provider = { provide: Telemetry, useValue: telemetry };
  return { module: TelemetryModule, global: true, providers: [provider], exports: [Telemetry] };
}

/** One process of a service over these surroundings, put together and not started. */
export async function assembled(
  { env }: Pick<Surroundings, 'env'>,
  controllers: Type[] = [],
  consumers: string[] = [],
  telemetry = Telemetry.off,
): Promise<NestFastifyApplication> {
  const config = readSettings(messagingSettings, env);
  const built = await Test.createTestingModule({
    imports: [
      telemetryModule(telemetry),
      databaseModule({ config, entities: messagingEntities, migrations: messagingMigrations }),
      MessagingModule.forRoot({ service: 'events', kafka: config }),
    ],
    controllers,
  })
    .setLogger(new JsonLogger({ service: 'events', level: process.env.SPEC_LOG === undefined ? 'fatal' : 'debug' }))
    .compile();
  const app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  attachConsumers(app, consumers);
  return app;
}

/** The same, started, complete with relay. */
export async function service(...given: Parameters<typeof assembled>): Promise<NestFastifyApplication> {
  const app = await assembled(...given);
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

/** Everything that a topic holds now, partition by partition. */
export async function recordsOf(
  { env }: Pick<Surroundings, 'env'>,
  topic: string,
): Promise<{ source: string; sequence: number }[]> {
  const records: { source: string; sequence: number }[] = [];
  await readTopics(readSettings(messagingSettings, env), [topic], ({ headers }) => {
    records.push({ source: String(headers.ce_source), sequence: Number(headers.ce_sequence) });
  });
  return records;
}
