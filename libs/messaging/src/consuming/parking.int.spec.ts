import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { contactRecorded, contactTopic, deadLetterTopicOf, seriesRecorded, seriesTopic } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { readSettings } from '@expo-accord/settings';
import { messagingSettings } from '../../../../test/support/messaging-settings';
import {
  dataSourceOf,
  say,
  service,
  surroundings,
  type Surroundings,
  tenantId,
} from '../../../../test/support/messaging-service';
import { until } from '../../../../test/support/until';
import { resetConsumer } from '../../../../test/support/reset-consumer';
import {
  dropParked,
  type MessageContext,
  OnMessage,
  OnTombstone,
  Outbox,
  outgoing,
  parkedKeys,
  PermanentFailure,
  readTopics,
  type Received,
  type ReceivedTombstone,
  redrive,
  tombstone,
} from '..';

const consumer = 'events.parking-spec';
/** Numbers that fail for good, whatever the source. */
const poisoned = new Set<number>();
/** Of this source nothing works for now. */
let notNow = '';

@Controller()
class EffectConsumer {
  @OnMessage(consumer, [seriesRecorded, contactRecorded])
  async onRecorded(message: Received, { manager }: MessageContext): Promise<void> {
    if (message.source === notNow) throw new Error('the world is not ready');
    if (poisoned.has(message.sequence)) throw new PermanentFailure('poison');
    await keep(message, manager);
  }

  @OnTombstone(consumer, contactTopic)
  async onForgotten(message: ReceivedTombstone, { manager }: MessageContext): Promise<void> {
    await keep(message, manager);
  }
}

async function keep({ source, sequence }: ReceivedTombstone, manager: MessageContext['manager']): Promise<void> {
  await manager.query('INSERT INTO effect (source, sequence) VALUES ($1, $2)', [source, sequence]);
}

let around: Surroundings;
let app: NestFastifyApplication;
let id: string;
let source: string;

beforeAll(async () => {
  around = await surroundings([consumer], [seriesTopic, contactTopic]);
  app = await service(around, [EffectConsumer], [consumer]);
});

beforeEach(async () => {
  poisoned.clear();
  notNow = '';
  await around.db.query('DELETE FROM effect');
  id = newId();
  source = `/series/${id}`;
});

afterAll(async () => {
  await app.close();
  await around.drop();
});

const effectsOf = async (of: string) =>
  (await around.db.query<{ sequence: number }>(`SELECT sequence FROM effect WHERE source = '${of}' ORDER BY at`)).map(
    ({ sequence }) => sequence,
  );
const untilEffects = (expected: number[]) =>
  until(
    () => effectsOf(source),
    (seen) => seen.length >= expected.length,
  );
const deadLettersOf = async (key: string): Promise<unknown[]> => {
  const values: unknown[] = [];
  await readTopics(readSettings(messagingSettings, around.env), [deadLetterTopicOf(consumer).name], (record) => {
    if (String(record.key) === key) values.push(record.value);
  });
  return values;
};
const untilWaiting = (waiting: number) =>
  until(
    () => parkedKeys(dataSourceOf(app), consumer),
    (keys) => (keys.find((key) => key.source === source)?.waiting ?? 0) === waiting,
  );
const times = (count: number) => Array.from({ length: count }, () => id);

describe('what is parked', () => {
  it('has one effect each when it is redriven, even if Kafka had it twice', async () => {
    poisoned.add(2);
    await app.get(Transactions).run(async (manager) => {
      await say(app, ...times(3));
      await manager.query(
        'INSERT INTO outbox (topic, message_key, headers, value) SELECT topic, message_key, headers, value FROM outbox ORDER BY id',
      );
    });
    await untilWaiting(4);
    poisoned.clear();
    await redrive(dataSourceOf(app), consumer, source);
    await untilWaiting(0);
    await say(app, id);
    await untilEffects([1, 2, 3, 4]);
    expect(await effectsOf(source)).toEqual([1, 2, 3, 4]);
  });

  it('lets its source flow again when the last of it is dropped', async () => {
    poisoned.add(2);
    await say(app, ...times(2));
    await untilWaiting(1);
    expect(await dropParked(dataSourceOf(app), consumer, source, 'sent by mistake')).toBe(true);
    await say(app, id);
    await untilEffects([1, 3]);
    expect(await effectsOf(source)).toEqual([1, 3]);
    await untilWaiting(0);
    expect(await dropParked(dataSourceOf(app), consumer, source, 'nothing left')).toBe(false);
  });

  it('stays in order in a rebuild, when one behind it had been dropped', async () => {
    poisoned.add(2).add(4);
    await say(app, ...times(5));
    await untilWaiting(4);
    poisoned.delete(2);
    await redrive(dataSourceOf(app), consumer, source);
    await untilWaiting(2);
    await dropParked(dataSourceOf(app), consumer, source, 'sent by mistake');
    await redrive(dataSourceOf(app), consumer, source);
    await untilEffects([1, 2, 3, 5]);

    poisoned.add(2);
    await dataSourceOf(app).transaction(async (manager) => {
      await resetConsumer(manager, consumer);
      await manager.query('DELETE FROM effect');
    });
    await untilWaiting(4);
    expect(await effectsOf(source)).toEqual([1]);
    poisoned.clear();
    await redrive(dataSourceOf(app), consumer, source);
    await untilEffects([1, 2, 3, 5]);
    await say(app, id);
    await untilEffects([1, 2, 3, 5, 6]);
    expect(await effectsOf(source)).toEqual([1, 2, 3, 5, 6]);
  });

  it('is redriven although another source, asked for before, cannot go on yet', async () => {
    const [first, second] = [newId(), id].sort() as [string, string];
    poisoned.add(1);
    source = `/series/${second}`;
    await say(app, first, second);
    await untilWaiting(1);
    await until(
      () => parkedKeys(dataSourceOf(app), consumer),
      (keys) => keys.some((key) => key.source === `/series/${first}`),
    );
    poisoned.clear();
    notNow = `/series/${first}`;
    await redrive(dataSourceOf(app), consumer, notNow);
    await redrive(dataSourceOf(app), consumer, source);
    await untilWaiting(0);
    expect(await effectsOf(source)).toEqual([1]);
    expect(await effectsOf(notNow)).toEqual([]);
  });

  it('is redriven although another message of its source comes before it is tried', async () => {
    poisoned.add(1);
    await say(app, id);
    await untilWaiting(1);
    poisoned.clear();
    notNow = source;
    await redrive(dataSourceOf(app), consumer, source);
    await say(app, id);
    await untilWaiting(2);
    notNow = '';
    await untilWaiting(0);
    expect(await effectsOf(source)).toEqual([1, 2]);
  });

  it('is gone when the aggregate ends, even if both came at once', async () => {
    poisoned.add(1);
    source = `/contacts/${id}`;
    const recorded = outgoing(contactRecorded, { aggregateId: id, tenantId, data: contactRecorded.example });
    await app
      .get(Transactions)
      .run((manager) => app.get(Outbox).append(manager, [recorded, tombstone(contactTopic, id, tenantId)]));
    await untilEffects([2]);
    expect(await around.db.query(`SELECT reason FROM parked_message WHERE source = '${source}'`)).toEqual([]);
  });

  it.each(['before', 'together with its end'])(
    'is gone with its key although it could not be read, %s',
    async (when) => {
      source = `/contacts/${id}`;
      const key = `${tenantId}/${id}`;
      const unreadable = `INSERT INTO outbox (topic, message_key, headers, value) VALUES ($1, $2, '{}', $3)`;
      const left = () => around.db.query('SELECT source FROM parked_message WHERE message_key = $1', [key]);
      const end = tombstone(contactTopic, id, tenantId);
      if (when === 'before') {
        await around.db.query(unreadable, [contactTopic.name, key, 'letheperson']);
        await until(left, (rows) => rows.length === 1);
        // Dead letters are kept for weeks and read by many: of what is restricted they say only that it is parked.
        expect(
          await until(
            () => deadLettersOf(key),
            ({ length }) => length === 1,
          ),
        ).toEqual([null]);
      }
      await app.get(Transactions).run(async (manager) => {
        if (when !== 'before') await manager.query(unreadable, [contactTopic.name, key, 'letheperson']);
        await app.get(Outbox).append(manager, [end]);
      });
      await untilEffects([1]);
      const cursors = await around.db.query(
        `SELECT 1 FROM consumer_cursor WHERE source LIKE 'unreadable:%' AND consumer = $1`,
        [consumer],
      );
      expect([await left(), cursors]).toEqual([[], []]);
    },
  );
});
