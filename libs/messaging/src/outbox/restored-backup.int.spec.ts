import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesRecorded, seriesTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type Backup, backupOf } from '../../../../test/support/backup';
import {
  dataSourceOf,
  say,
  service,
  surroundings,
  type Surroundings,
} from '../../../../test/support/messaging-service';
import { messagingSettings } from '../../../../test/support/messaging-settings';
import { until } from '../../../../test/support/until';
import { readSettings } from '@expo-accord/settings';
import { type MessageContext, OnMessage, type Received, Relay, verifyStreams } from '..';

jest.setTimeout(180_000);

const consumer = 'events.copies';

@Controller()
class CopyConsumer {
  @OnMessage(consumer, seriesRecorded)
  async onRecorded({ source, epoch, sequence }: Received, { manager }: MessageContext): Promise<void> {
    await manager.query('INSERT INTO effect (source, epoch, sequence) VALUES ($1, $2, $3)', [source, epoch, sequence]);
  }
}

/** Says things and hears them itself; its database is what is restored. */
let around: Surroundings;
/** Hears the same topic with a database of its own, in which nothing is ever lost. */
let downstream: Surroundings;
let listener: NestFastifyApplication;
let backup: Backup;
const running: NestFastifyApplication[] = [];

beforeEach(async () => {
  around = await surroundings([consumer, `${consumer}-downstream`]);
  const { db, drop } = await surroundings();
  downstream = { ...around, db, env: { ...db.env, ...around.kafka.env }, drop };
  listener = await service(downstream, [DownstreamConsumer], [`${consumer}-downstream`]);
});

afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
  await listener.close();
  await backup.drop();
  await downstream.drop();
  await around.drop();
});

@Controller()
class DownstreamConsumer {
  @OnMessage(`${consumer}-downstream`, seriesRecorded)
  async onRecorded(message: Received, context: MessageContext): Promise<void> {
    await new CopyConsumer().onRecorded(message, context);
  }
}

const startOn = async (env: Record<string, string>): Promise<NestFastifyApplication> => {
  const app = await service({ env }, [CopyConsumer], [consumer]);
  running.push(app);
  return app;
};
const start = () => startOn(around.env);

type Heard = [epoch: number, sequence: number][];

async function heardOf(by: Surroundings, id: string): Promise<Heard> {
  const rows = await by.db.query<{ epoch: number; sequence: number }>(
    `SELECT epoch, sequence FROM effect WHERE source = '/series/${id}' ORDER BY at`,
  );
  return rows.map(({ epoch, sequence }) => [epoch, sequence]);
}
const untilHeard = (by: Surroundings, id: string, count: number) =>
  until(
    () => heardOf(by, id),
    (heard) => heard.length >= count,
  );
const epochs = async () =>
  (await around.db.query<{ epoch: number; confirmed: number }>('SELECT epoch, confirmed FROM message_epoch'))[0];
const sent = () =>
  until(
    () => around.db.query('SELECT 1 FROM outbox'),
    (rows) => rows.length === 0,
  );
const parked = async () => [
  ...(await around.db.query('SELECT 1 FROM parked_message')),
  ...(await downstream.db.query('SELECT 1 FROM parked_message')),
];
async function aggregatesAhead(app: NestFastifyApplication): Promise<(string | null)[]> {
  const config = readSettings(messagingSettings, around.env);
  const { findings } = await verifyStreams(dataSourceOf(app), config, [seriesTopic]);
  expect(findings.filter(({ kind }) => kind !== 'beyond')).toEqual([]);
  return findings.map(({ source }) => source).sort();
}

describe('a database that was restored from an older backup while Kafka went on', () => {
  it('gives its numbers out again in a later epoch, and takes in what it had taken since', async () => {
    const [lived, slept, born] = [newId(), newId(), newId()];
    const before = await start();
    await say(before, lived, lived, slept, lived);
    await untilHeard(around, lived, 3);
    await untilHeard(downstream, lived, 3);
    await before.close();
    backup = await backupOf(around.db);

    const meanwhile = await start();
    await say(meanwhile, lived, born, lived);
    await untilHeard(around, lived, 5);
    const [, , , , [lastEpoch] = [0]] = await untilHeard(downstream, lived, 5);
    await untilHeard(downstream, born, 1);
    await meanwhile.close();
    await backup.restore();
    expect(await heardOf(around, lived)).toHaveLength(3);

    const after = await start();
    // As a consumer it goes on from where it stood when the backup was made.
    await untilHeard(around, lived, 5);
    await untilHeard(around, born, 1);
    // What it said since then others know, and itself no longer: it can be told, aggregate by aggregate.
    expect(await aggregatesAhead(after)).toEqual([`/series/${lived}`, `/series/${born}`].sort());

    await say(after, lived, slept, born);
    for (const by of [around, downstream]) {
      const heard = await untilHeard(by, lived, 6);
      const epoch = heard.at(-1)?.[0] ?? 0;
      expect(epoch).toBeGreaterThan(lastEpoch);
      expect(heard.map(([, sequence]) => sequence)).toEqual([1, 2, 3, 4, 5, 4]);
      expect((await untilHeard(by, slept, 2)).map(([, sequence]) => sequence)).toEqual([1, 2]);
      expect((await untilHeard(by, born, 2)).map(([, sequence]) => sequence)).toEqual([1, 1]);
    }
    expect(await parked()).toEqual([]);
    await say(after, lived);
    await untilHeard(downstream, lived, 7);
    await sent();
    expect(await aggregatesAhead(after)).toEqual([]);
    await after.close();
  });

  it('sends what the backup had not sent yet as what it was, and what was said since the restore as new', async () => {
    const id = newId();
    const before = await start();
    await say(before, id);
    await untilHeard(downstream, id, 1);
    await before.get(Relay).stop();
    await say(before, id);
    await before.close();
    backup = await backupOf(around.db);

    // It is started from rest more than once, so that its epochs are well beyond the backup's.
    for (const sequence of [3, 4, 5]) {
      const meanwhile = await start();
      await say(meanwhile, id);
      await untilHeard(downstream, id, sequence);
      await meanwhile.close();
    }
    await backup.restore();

    // While Kafka cannot be asked, it is used all the same, and crashes.
    const alone = await startOn({ ...around.env, KAFKA_BROKERS: '127.0.0.1:1' });
    await say(alone, id);
    await alone.close();
    const after = await start();
    await say(after, id);
    const heard = await untilHeard(downstream, id, 7);
    await sent();
    expect(heard.map(([, sequence]) => sequence)).toEqual([1, 2, 3, 4, 5, 3, 4]);
    const [, , , , [known] = [0], ...again] = heard;
    expect(again.every(([epoch]) => epoch > known)).toBe(true);
    expect(await untilHeard(around, id, 7)).toEqual(heard);
    expect(await parked()).toEqual([]);
    const now = await epochs();
    expect(now?.confirmed).toBe(now?.epoch);
    await after.close();
  });

  it('begins no epoch beside a process that runs', async () => {
    backup = { restore: () => Promise.resolve(), drop: () => Promise.resolve() };
    const first = await start();
    const { epoch } = (await epochs()) ?? { epoch: 0 };
    const second = await start();
    expect((await epochs())?.epoch).toBe(epoch);
    await first.close();
    await second.close();
    const third = await start();
    expect((await epochs())?.epoch).toBe(epoch + 1);
    await third.close();
  });
});
