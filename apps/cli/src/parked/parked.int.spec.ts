import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { contactRecorded, contactTopic, seriesRecorded, seriesTopic } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import {
  type MessageContext,
  OnMessage,
  Outbox,
  outgoing,
  type OutboxSummary,
  type ParkedEnvelope,
  type ParkedSource,
  PermanentFailure,
  type Received,
  Relay,
} from '@expo-accord/messaging';
import { DataSource } from 'typeorm';
import { say, service, surroundings, type Surroundings, tenantId } from '../../../../test/support/messaging-service';
import { until } from '../../../../test/support/until';
import { resetConsumer } from '../../../../test/support/reset-consumer';
import { answerOf, expoAccord } from '../../test/run-command';

const consumer = 'events.statistics';
const poisoned = new Set<number>();

@Controller()
class EffectConsumer {
  @OnMessage(consumer, [seriesRecorded, contactRecorded])
  async onRecorded({ source, sequence }: Received, { manager }: MessageContext): Promise<void> {
    if (poisoned.has(sequence)) throw new PermanentFailure('cannot be counted');
    await manager.query('INSERT INTO effect (source, sequence) VALUES ($1, $2)', [source, sequence]);
  }
}

let around: Surroundings;
let app: NestFastifyApplication;
let id: string;
let key: string;

beforeAll(async () => {
  around = await surroundings([consumer], [seriesTopic, contactTopic]);
  app = await service(around, [EffectConsumer], [consumer]);
});

beforeEach(async () => {
  poisoned.clear();
  await around.db.query('DELETE FROM parked_message');
  id = newId();
  key = `/series/${id}`;
});

afterAll(async () => {
  await app.close();
  await around.drop();
});

const effects = async () =>
  (await around.db.query<{ sequence: number }>('SELECT sequence FROM effect WHERE source = $1 ORDER BY at', [key])).map(
    ({ sequence }) => sequence,
  );
const untilEffects = (expected: number[]) =>
  until(effects, (seen) => JSON.stringify(seen) === JSON.stringify(expected));
const untilParked = (count: number) =>
  until(
    () => around.db.query('SELECT 1 FROM parked_message WHERE source = $1', [key]),
    (rows) => rows.length === count,
  );
const positions = () =>
  around.db.query('SELECT topic, partition, next_offset FROM consumer_position ORDER BY topic, partition');
const list = () => answerOf<{ waiting: number; keys: ParkedSource[] }>(around.env, 'parked', 'list');

describe('expo-accord parked', () => {
  it('lists and shows what waits, drops the first for a reason that is kept, and redrives the rest', async () => {
    expect(await list()).toEqual({ waiting: 0, keys: [], code: 0 });
    poisoned.add(2).add(4);
    await say(app, id, id, id, id, id);
    await untilParked(4);
    const { code, keys } = await list();
    expect([code, keys]).toEqual([
      1,
      [expect.objectContaining({ consumer, source: key, waiting: 4, reason: 'failed', state: 'parked' })],
    ]);
    const shown = await answerOf<{ messages: ParkedEnvelope[] }>(around.env, 'parked', 'show', consumer, key);
    expect(shown.messages.map(({ sequence, reason }) => `${String(sequence)} ${reason}`)).toEqual([
      '2 failed',
      '3 behind-parked',
      '4 behind-parked',
      '5 behind-parked',
    ]);
    expect(shown.messages[0]).toMatchObject({
      type: seriesRecorded.type,
      detail: 'PermanentFailure: cannot be counted',
    });
    expect(shown.messages[0]).not.toHaveProperty('payload');

    const dropped = await answerOf(around.env, 'parked', 'drop', consumer, key, '--reason', 'sent by mistake');
    expect(dropped).toEqual({ consumer, key, dropped: true, left: 3, code: 0 });
    await answerOf(around.env, 'parked', 'redrive', consumer, key);
    await untilEffects([1, 3]);
    const last = await expoAccord(around.env, 'parked', 'drop', consumer, key, '--reason', 'sent by mistake, too');
    expect(last.stdout).toContain('1 message still waiting');
    await answerOf(around.env, 'parked', 'redrive', '--all');
    await untilEffects([1, 3, 5]);
    await say(app, id);
    await untilEffects([1, 3, 5, 6]);
    const { stdout } = await expoAccord(around.env, 'parked', 'dropped');
    expect(stdout).toMatch(/sent by mistake, too[^]*sent by mistake /);
  });

  it('drops the only one of a key so that the next is no gap, also in a rebuild', async () => {
    poisoned.add(2);
    await say(app, id, id);
    await untilParked(1);
    const { stdout } = await expoAccord(around.env, 'parked', 'drop', consumer, key, '--reason', 'a test');
    expect(stdout).toBe('Gave up one message; the key flows again.\n');
    await say(app, id, id);
    await untilEffects([1, 3, 4]);
    expect(await list()).toMatchObject({ code: 0, keys: [] });
    const before = await positions();
    await app.get(DataSource).transaction(async (manager) => {
      await resetConsumer(manager, consumer);
      await manager.query('DELETE FROM effect');
    });
    await untilEffects([1, 3, 4]);
    // Every partition to its end: what is poisonous to the next spec would be met in the middle.
    await until(positions, (now) => JSON.stringify(now) === JSON.stringify(before));
    const again = await expoAccord(around.env, 'parked', 'drop', consumer, key, '--reason', 'a test');
    expect([again.code, again.stdout]).toEqual([1, `${consumer} has nothing parked under ${key}.\n`]);
  });

  it('prints no payload unless asked, and none of a person ever', async () => {
    poisoned.add(1);
    await say(app, id);
    await app
      .get(Transactions)
      .run((manager) =>
        app
          .get(Outbox)
          .append(manager, [outgoing(contactRecorded, { aggregateId: id, tenantId, data: contactRecorded.example })]),
      );
    await until(
      () => around.db.query('SELECT 1 FROM parked_message'),
      (rows) => rows.length === 2,
    );
    for (const options of [[], ['--payload'], ['--payload', '--json']]) {
      const { stdout, code } = await expoAccord(around.env, 'parked', 'show', consumer, `/contacts/${id}`, ...options);
      expect([code, stdout]).toEqual([0, expect.stringContaining(contactRecorded.type)]);
      expect(stdout).not.toMatch(/minsu|김민수/i);
    }
    const asked = await expoAccord(around.env, 'parked', 'show', consumer, key, '--payload');
    expect(asked.stdout).toContain('"seriesId"');
    const notAsked = await expoAccord(around.env, 'parked', 'show', consumer, key, '--json');
    expect(notAsked.stdout).not.toContain('"seriesId"');
  });

  it('refuses to drop without a reason, and to redrive it knows not what', async () => {
    expect((await expoAccord(around.env, 'parked', 'drop', consumer, key)).code).toBe(2);
    expect((await expoAccord(around.env, 'parked', 'drop', consumer, key, '--reason', ' ')).code).toBe(2);
    expect((await expoAccord(around.env, 'parked', 'redrive', consumer)).code).toBe(2);
    expect((await expoAccord(around.env, 'parked', 'redrive', consumer, key, '--all')).code).toBe(2);
  });
});

describe('expo-accord outbox and lag', () => {
  it('tell what waits and who sends it, and how far a consumer is behind its topics', async () => {
    await until(
      () => around.db.query('SELECT 1 FROM outbox'),
      (rows) => rows.length === 0,
    );
    const [relay] = await around.db.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    const standBy = await service(around);
    const sending = await answerOf<OutboxSummary>(around.env, 'outbox');
    expect(sending).toMatchObject({ code: 0, waiting: 0, relay: { pid: relay?.pid }, standingBy: 1 });
    const uptodate = await answerOf<{ behind: number }>(around.env, 'lag', '--max', '0');
    expect(uptodate).toMatchObject({ code: 0, behind: 0, notBegun: [], findings: [] });

    await standBy.close();
    await app.close();
    await around.db.query(
      `INSERT INTO outbox (topic, message_key, headers, created_at) VALUES
         ('events.series', 'k', '{}', now() - interval '1 hour'), ('events.series', 'k', '{}', now()),
         ('events.figure', 'k', '{}', now())`,
    );
    await around.db.query(`UPDATE consumer_position SET next_offset = 0 WHERE topic = 'events.series'`);
    const stuck = await answerOf<OutboxSummary>(around.env, 'outbox', '--max-age', '3599');
    expect(stuck).toMatchObject({
      code: 1,
      waiting: 3,
      relay: null,
      standingBy: 0,
      topics: [
        { topic: 'events.series', waiting: 2 },
        { topic: 'events.figure', waiting: 1 },
      ],
    });
    expect(stuck.oldestAgeSeconds).toBeGreaterThanOrEqual(3600);
    expect((await expoAccord(around.env, 'outbox')).stdout).toContain('Nobody sends');
    const behind = await answerOf<{ behind: number; partitions: { behind: number }[] }>(
      around.env,
      'lag',
      '--max',
      '0',
    );
    const written = await around.db.query('SELECT 1 FROM message_stream WHERE source LIKE $1', ['/series/%']);
    expect([behind.code, behind.behind >= written.length]).toEqual([1, true]);

    await around.db.query('DELETE FROM outbox');
    app = await service(around, [EffectConsumer], [consumer]);
    expect(app.get(Relay).state).toBe('sending');
  });
});
