import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesRecorded } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import {
  dataSourceOf,
  say,
  service,
  surroundings,
  type Surroundings,
} from '../../../../test/support/messaging-service';
import { until } from '../../../../test/support/until';
import { resetConsumer } from '../../../../test/support/reset-consumer';
import { type MessageContext, OnMessages, parkedKeys, PermanentFailure, type Received, redrive } from '..';

const consumer = 'events.spec';
const poisoned = new Set<string>();
let failuresToCome = 0;

@Controller()
class EffectConsumer {
  @OnMessages(consumer, [seriesRecorded])
  async onRecorded(messages: readonly Received<typeof seriesRecorded>[], { manager }: MessageContext): Promise<void> {
    for (const { source, epoch, sequence } of messages) {
      await manager.query('INSERT INTO effect (source, epoch, sequence, pid) VALUES ($1, $2, $3, pg_backend_pid())', [
        source,
        epoch,
        sequence,
      ]);
    }
    if (messages.some(({ aggregateId, sequence }) => poisoned.has(`${aggregateId} ${sequence}`))) {
      throw new PermanentFailure('poison');
    }
    if (failuresToCome > 0) {
      failuresToCome -= 1;
      throw new Error('the world is not ready');
    }
  }
}

let around: Surroundings;
const running: NestFastifyApplication[] = [];

beforeEach(async () => {
  around = await surroundings([consumer]);
  poisoned.clear();
  failuresToCome = 0;
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
  await around.drop();
});

async function start(): Promise<NestFastifyApplication> {
  const app = await service(around, [EffectConsumer], [consumer]);
  running.push(app);
  return app;
}

const effects = () =>
  around.db.query<{ source: string; sequence: number }>('SELECT source, sequence FROM effect ORDER BY at');
const sequencesOf = async (id: string) =>
  (await effects()).filter(({ source }) => source.endsWith(id)).map(({ sequence }) => sequence);
const positions = async () =>
  (await around.db.query<{ sum: string }>('SELECT coalesce(sum(next_offset), 0) AS sum FROM consumer_position'))[0]
    ?.sum;

describe('a consumer', () => {
  it('gives each message one effect, in order, even if Kafka has it twice', async () => {
    const app = await start();
    const [a, b] = [newId(), newId()];
    await say(app, a, b, a, a, b);
    await until(effects, (rows) => rows.length === 5);
    // The relay removes what it has sent a little after others have heard it.
    await until(
      () => around.db.query('SELECT 1 FROM outbox'),
      (rows) => rows.length === 0,
    );
    // As when a relay is killed between acknowledgement and delete: the same rows are sent again.
    await app.get(Transactions).run(async (manager) => {
      await say(app, a);
      await manager.query(
        'INSERT INTO outbox (topic, message_key, headers, value) SELECT topic, message_key, headers, value FROM outbox',
      );
    });
    await until(positions, (sum) => Number(sum) === 7);
    expect(await sequencesOf(a)).toEqual([1, 2, 3, 4]);
    expect(await sequencesOf(b)).toEqual([1, 2]);
  });

  it('goes on from where the database stands, after a restart and after the database was restored', async () => {
    const first = await start();
    const id = newId();
    await say(first, id, id, id);
    await until(effects, (rows) => rows.length === 3);
    await first.close();
    running.splice(0);
    await around.db.query('DELETE FROM effect WHERE sequence = 3');
    await around.db.query(`UPDATE consumer_cursor SET sequence = 2`);
    await around.db.query(`UPDATE consumer_position SET next_offset = 2 WHERE next_offset = 3`);

    const second = await start();
    await until(effects, (rows) => rows.length === 3);
    await say(second, id);
    await until(effects, (rows) => rows.length === 4);
    expect(await sequencesOf(id)).toEqual([1, 2, 3, 4]);
  });

  it('parks the key of a poison, lets the others flow, and redrives in order', async () => {
    const app = await start();
    const [sick, well] = [newId(), newId()];
    poisoned.add(`${sick} 2`);
    await say(app, sick, well, sick, well, sick, sick, well);
    await until(
      () => sequencesOf(well),
      (seen) => seen.length === 3,
    );
    const source = `/series/${sick}`;
    await until(
      () => parkedKeys(dataSourceOf(app), consumer),
      ([key]) => key?.waiting === 3,
    );
    expect(await parkedKeys(dataSourceOf(app), consumer)).toMatchObject([{ source, waiting: 3, reason: 'failed' }]);
    expect(await sequencesOf(sick)).toEqual([1]);

    await say(app, sick);
    await until(
      () => parkedKeys(dataSourceOf(app), consumer),
      ([key]) => key?.waiting === 4,
    );
    poisoned.clear();
    expect(await redrive(dataSourceOf(app), consumer, source)).toBe(true);
    await until(
      () => sequencesOf(sick),
      (seen) => seen.length === 5,
    );
    await say(app, sick);
    expect(
      await until(
        () => sequencesOf(sick),
        (seen) => seen.length === 6,
      ),
    ).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await parkedKeys(dataSourceOf(app), consumer)).toEqual([]);
  });

  it('tries again what may yet work, without a second effect', async () => {
    failuresToCome = 5;
    const app = await start();
    const id = newId();
    await say(app, id, id);
    await until(effects, (rows) => rows.length === 2);
    expect(failuresToCome).toBe(0);
    expect(await sequencesOf(id)).toEqual([1, 2]);
    expect(await parkedKeys(dataSourceOf(app), consumer)).toEqual([]);
  });

  it('reads everything again after a reset, while it runs', async () => {
    const app = await start();
    const ids = [newId(), newId(), newId()];
    await say(app, ...ids, ...ids);
    await until(effects, (rows) => rows.length === 6);
    await dataSourceOf(app).transaction(async (manager) => {
      await resetConsumer(manager, consumer);
      await manager.query('DELETE FROM effect');
    });
    await until(effects, (rows) => rows.length === 6);
    for (const id of ids) expect(await sequencesOf(id)).toEqual([1, 2]);
  });

  it('shares its partitions between two processes, and neither doubles an effect when one comes or goes', async () => {
    const ids = Array.from({ length: 40 }, newId);
    const first = await start();
    await say(first, ...ids);
    const second = await start();
    for (let round = 0; round < 10; round += 1) await say(second, ...ids);
    await first.close();
    running.shift();
    await say(second, ...ids);
    await until(effects, (rows) => rows.length >= 480);
    const seen = await effects();
    for (const id of ids) {
      expect(seen.filter(({ source }) => source.endsWith(id)).map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: 12 }, (_, at) => at + 1),
      );
    }
  });
});
