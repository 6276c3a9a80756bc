import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesTopic } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { asSuperuser } from '../../../../test/support/infrastructure';
import {
  dataSourceOf,
  recordsOf,
  say,
  service,
  surroundings,
  type Surroundings,
} from '../../../../test/support/messaging-service';
import { messagingSettings } from '../../../../test/support/messaging-settings';
import { until } from '../../../../test/support/until';
import { readSettings } from '@expo-accord/settings';
import { Relay } from '..';
import { KafkajsPublisher } from '../kafka/kafkajs-publisher';
import { topicTails } from '../kafka/topic-tails';

let around: Surroundings;
const running: NestFastifyApplication[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  around = await surroundings();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const app of running.splice(0)) await app.close();
  await around.drop();
});

const start = async () => {
  const app = await service(around);
  running.push(app);
  return app;
};

const waiting = async () => Number((await around.db.query<{ count: string }>('SELECT count(*) FROM outbox'))[0]?.count);

const support = join(__dirname, '../../../../test/support');

/** A relay in a process of its own, once it has said that it sends. */
async function relayProcess(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(support, 'run-typescript.cjs'), join(support, 'relay-process.ts')], {
    env: { ...process.env, ...around.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('sending\n');
  return child;
}

describe('the relay', () => {
  it('loses nothing and keeps the order when its process is killed in the middle', async () => {
    const child = await relayProcess();
    const ids = Array.from({ length: 50 }, newId);
    const writer = await start();
    let killed: Promise<unknown> = Promise.resolve();
    for (let round = 1; round <= 100; round += 1) {
      await say(writer, ...ids);
      if (round === 40) {
        killed = once(child, 'exit');
        child.kill('SIGKILL');
      }
    }
    await killed;
    await until(waiting, (rows) => rows === 0);

    const records = await recordsOf(around, seriesTopic.name);
    for (const id of ids) {
      const sequences = records.filter(({ source }) => source.endsWith(id)).map(({ sequence }) => sequence);
      // Some may be there twice, but whoever drops what is not later than the last sees each once and in order.
      let last = 0;
      const taken = sequences.filter((sequence) => sequence > last && (last = sequence) > 0);
      expect(taken).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    }
  });

  it('sends from one process while the other stands by, and from that when the first stops', async () => {
    const first = await start();
    const second = await start();
    expect([first, second].map((app) => app.get(Relay).state)).toEqual(['sending', 'standing by']);
    await say(second, newId());
    await until(waiting, (rows) => rows === 0);
    await first.get(Relay).stop();
    await until(
      () => second.get(Relay).state,
      (state) => state === 'sending',
    );
    await say(first, newId());
    await until(waiting, (rows) => rows === 0);
    expect(await recordsOf(around, seriesTopic.name)).toHaveLength(2);
  });

  it('stops sending when it loses its connection, and with it its ownership', async () => {
    const app = await start();
    const relay = app.get(Relay);
    const rival = await start();
    await asSuperuser(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = '${new URL(around.db.url).pathname.slice(1)}')`,
    );
    await until(
      () => [relay.state, rival.get(Relay).state],
      ([one, other]) => (one === 'sending') !== (other === 'sending') && one !== 'starting',
    );
    await say(app, newId());
    await until(waiting, (rows) => rows === 0);
    expect(await recordsOf(around, seriesTopic.name)).toHaveLength(1);
  });

  it('sends what is committed late, though it has sent higher ids meanwhile and reads no more from the beginning', async () => {
    const app = await start();
    const { manager } = dataSourceOf(app);
    const late = newId();
    const sayAndSend = async () => {
      await say(app, newId());
      await until(waiting, (rows) => rows === 0);
    };
    // The first message of a service that was at rest waits until nobody appends.
    await sayAndSend();
    let commit = (): void => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    let appended = (): void => undefined;
    const hasAppended = new Promise<void>((resolve) => (appended = resolve));
    const transaction = app.get(Transactions).run(async () => {
      await say(app, late);
      appended();
      await committed;
    });
    await hasAppended;
    for (let round = 0; round < 5; round += 1) await sayAndSend();
    commit();
    await transaction;
    await until(waiting, (rows) => rows === 0);
    for (let round = 0; round < 5; round += 1) await sayAndSend();

    // Nobody draws such an id: it shows that the relay has indeed stopped looking there. Until it has, it sends the row;
    // another database's transaction can hold that up, for PostgreSQL numbers the transactions of all databases in one row.
    const left = () => manager.query<{ id: string }[]>('SELECT id FROM outbox');
    await until(
      async () => {
        await manager.query(
          `INSERT INTO outbox (id, topic, headers) OVERRIDING SYSTEM VALUE VALUES (1, '${seriesTopic.name}', '{}')
           ON CONFLICT DO NOTHING`,
        );
        await say(app, newId());
        return until(left, (rows) => rows.every(({ id }) => id === '1'));
      },
      (rows) => rows.length === 1,
    );
    const sources = (await recordsOf(around, seriesTopic.name)).map(({ source }) => source);
    expect(sources).toContain(`/series/${late}`);
  });

  it('reads each message about once, however many wait', async () => {
    const count = 10_000;
    await around.db.query(
      `INSERT INTO outbox (topic, message_key, headers)
       SELECT '${seriesTopic.name}', nth::text, '{}' FROM generate_series(1, ${count}) AS nth`,
    );
    await start();
    const isLeft = () => around.db.query('SELECT 1 FROM outbox LIMIT 1');
    await until(isLeft, (rows) => rows.length === 0);
    // Rows that were there: how many removed ones are passed by depends on what else the server does. It tells after the fact.
    const looks = async () => {
      const [row] = await around.db.query<{ read: number; removed: number }>(
        `SELECT (seq_tup_read + idx_tup_fetch)::int AS read, n_tup_del::int AS removed
           FROM pg_stat_user_tables WHERE relname = 'outbox'`,
      );
      return row ?? { read: NaN, removed: NaN };
    };
    const { read } = await until(looks, ({ removed }) => removed === count);
    // Once to send it and once to remove it; to read all that waits for each send takes ten times as many.
    expect(read).toBeLessThan(5 * count);
  });

  it('does not send few at a time at each commit', async () => {
    const app = await start();
    const sends = jest.spyOn(KafkajsPublisher.prototype, 'publish');
    const id = newId();
    const begun = Date.now();
    for (let nth = 0; nth < 200; nth += 1) await say(app, id);
    await until(waiting, (count) => count === 0);
    const atMost = (Date.now() - begun) / 20 + 2;
    expect(sends.mock.calls.flatMap(([records]) => records)).toHaveLength(200);
    expect(sends.mock.calls.length).toBeLessThan(atMost);
    sends.mockRestore();
  });

  it('is told how far its topics are while one that lost its ownership still asks', async () => {
    const app = await start();
    const ids = Array.from({ length: 50 }, newId);
    await say(app, ...ids);
    await until(waiting, (count) => count === 0);
    const config = readSettings(messagingSettings, around.env);
    const asked = await Promise.all([topicTails(config, 'events'), topicTails(config, 'events')]);
    for (const tails of asked) expect([...tails.keys()].sort()).toEqual(ids.map((id) => `/series/${id}`).sort());
  });

  it('sends what is there before it stops', async () => {
    const app = await start();
    const id = newId();
    for (let round = 0; round < 20; round += 1) await say(app, ...Array.from({ length: 100 }, () => id));
    await app.get(Relay).stop();
    expect(await waiting()).toBe(0);
    const sequences = (await recordsOf(around, seriesTopic.name)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: 2_000 }, (_, at) => at + 1));
  });
});
