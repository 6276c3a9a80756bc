import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { fromHeaders, seriesTopic } from '@expo-accord/contracts';
import { databaseModule, migrate, newId } from '@expo-accord/database';
import { JsonLogger } from '@expo-accord/observability';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../../test/support/infrastructure';
import { type Fate, type Passing } from '../../../../test/support/kafka-proxy';
import { KafkaTrial } from '../../../../test/support/kafka-trial';
import { say } from '../../../../test/support/messaging-service';
import { messagingSettings } from '../../../../test/support/messaging-settings';
import { SeededRandom } from '../../../../test/support/seeded-random';
import { until } from '../../../../test/support/until';
import { createTopics, messagingEntities, MessagingModule, messagingMigrations } from '..';
import { kafkaClient } from '../kafka/kafka-client';
import { KafkajsPublisher } from '../kafka/kafkajs-publisher';
import { MESSAGING_OPTIONS } from '../messaging.options';

jest.setTimeout(180_000);

const AGGREGATES = 50;
const ROUNDS = 40;
const REQUEST_TIMEOUT_MS = 700;

let trial: KafkaTrial;
let db: TestDatabase;
let app: NestFastifyApplication;

const withoutPatience = {
  publisher: () => new KafkajsPublisher(kafkaClient(config(), 'events', REQUEST_TIMEOUT_MS), ''),
  topicTails: () => Promise.resolve(new Map()),
  ownTopics: [],
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
};

const config = () => readSettings(messagingSettings, { ...db.env, KAFKA_BROKERS: trial.proxy.brokers.join(',') });

beforeAll(async () => {
  trial = await KafkaTrial.start();
});

afterAll(async () => {
  await trial.stop();
});

beforeEach(async () => {
  db = await testDatabase('events');
  const log = (): void => undefined;
  await migrate({ config: config(), entities: messagingEntities, migrations: messagingMigrations, log });
  await createTopics(trial.config, [seriesTopic], [], log);
  const built = await Test.createTestingModule({
    imports: [
      databaseModule({ config: config(), entities: messagingEntities, migrations: messagingMigrations }),
      MessagingModule.forRoot({ service: 'events', kafka: config() }),
    ],
  })
    .overrideProvider(MESSAGING_OPTIONS)
    .useValue(withoutPatience)
    .setLogger(new JsonLogger({ service: 'events', level: 'fatal' }))
    .compile();
  app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
});

afterEach(async () => {
  trial.proxy.heal();
  await app.close();
  await db.drop();
});

const waiting = async () => Number((await db.query<{ count: string }>('SELECT count(*) FROM outbox'))[0]?.count);

/** Of everything that passes, in either direction, some is cut, some lost, some late. */
function mishaps(random: SeededRandom, counts: Record<string, number>): (passing: Passing) => Fate {
  const met = (kind: string, fate: Fate): Fate => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    return fate;
  };
  return ({ direction }) => {
    const dice = random.next();
    if (dice < 0.06) return met('cut', 'cut');
    if (dice < 0.14) return direction === 'response' ? met('lost', 'lose') : 'pass';
    if (dice < 0.22) return met('late', { lateByMs: Math.round(random.next() * 3 * REQUEST_TIMEOUT_MS) });
    return 'pass';
  };
}

describe('outbox and relay over a bad network', () => {
  it.each([2])('lose nothing and keep the order of each aggregate (seed %i)', async (seed) => {
    const ids = Array.from({ length: AGGREGATES }, newId);
    const counts: Record<string, number> = {};
    trial.proxy.fate = mishaps(new SeededRandom(seed), counts);
    for (let round = 0; round < ROUNDS; round += 1) {
      await say(app, ...ids);
      // So that there are many sends for the mishaps to meet, and not one large one.
      await until(waiting, (rows) => rows < 2 * AGGREGATES);
    }
    await until(waiting, (rows) => rows === 0);
    expect(Object.keys(counts).sort()).toEqual(['cut', 'late', 'lost']);

    const messages = (await trial.recordsOf(seriesTopic.name)).map(({ headers }) => fromHeaders(headers));
    const idsByPlace = new Map<string, Set<string>>();
    for (const { source, sequence, id } of messages) {
      const place = `${source} ${sequence}`;
      idsByPlace.set(place, (idsByPlace.get(place) ?? new Set()).add(id));
    }
    for (const id of ids) {
      const sequences = messages.filter(({ source }) => source.endsWith(id)).map(({ sequence }) => sequence);
      expect([...new Set(sequences)]).toEqual(Array.from({ length: ROUNDS }, (_, at) => at + 1));
      for (const sequence of sequences) expect(idsByPlace.get(`/series/${id} ${sequence}`)?.size).toBe(1);
    }
    const said = messages.filter(({ source }) => ids.some((id) => source.endsWith(id)));
    expect(new Set(said.map(({ id }) => id)).size).toBe(AGGREGATES * ROUNDS);
  });
});
