import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesRecorded, seriesTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type MessageContext, OnMessage, PermanentFailure, type Received } from '@expo-accord/messaging';
import { say, service, surroundings, type Surroundings } from '../../../../test/support/messaging-service';
import { until } from '../../../../test/support/until';
import { answerOf, expoAccord } from '../../test/run-command';

const consumer = 'agreements.events';
const poisoned = new Set<string>();

@Controller()
class CopyConsumer {
  @OnMessage(consumer, seriesRecorded)
  async onRecorded({ source, sequence }: Received, { manager }: MessageContext): Promise<void> {
    if (poisoned.has(`${source} ${sequence}`)) throw new PermanentFailure('not copied');
    await manager.query('INSERT INTO effect (source, sequence) VALUES ($1, $2)', [source, sequence]);
  }
}

let around: Surroundings;
let app: NestFastifyApplication;

beforeAll(async () => {
  around = await surroundings([consumer], [seriesTopic]);
  app = await service(around, [CopyConsumer], [consumer]);
});

afterAll(async () => {
  await app.close();
  await around.drop();
});

async function effects(...ids: string[]): Promise<number[][]> {
  const rows = await around.db.query<{ source: string; sequence: number }>('SELECT * FROM effect ORDER BY at');
  return ids.map((id) => rows.filter(({ source }) => source.endsWith(id)).map(({ sequence }) => sequence));
}
const untilEffects = (ids: string[], expected: number[][]) =>
  until(
    () => effects(...ids),
    (seen) => JSON.stringify(seen) === JSON.stringify(expected),
  );
const parked = () => around.db.query('SELECT 1 FROM parked_message');
const positions = () => around.db.query('SELECT * FROM consumer_position ORDER BY topic, partition');
const replay = (...args: string[]) =>
  answerOf<{ partitions: object[] }>(around.env, 'replay', consumer, '--service', 'agreements', ...args);

describe('expo-accord replay', () => {
  it('has the running service take again what was written since a time, in order and without a gap', async () => {
    const [early, both, late, healed, stuck] = [newId(), newId(), newId(), newId(), newId()];
    poisoned.add(`/series/${healed} 2`).add(`/series/${stuck} 1`);
    await say(app, early, both, both, healed, stuck);
    await untilEffects([early, both, healed], [[1], [1, 2], [1]]);
    await until(parked, (rows) => rows.length === 1);
    const since = new Date(Date.now() + 1).toISOString();
    await until(
      () => Date.now(),
      (now) => now > Date.parse(since),
    );
    await say(app, both, late, healed, healed, stuck);
    await untilEffects([both, late], [[1, 2, 3], [1]]);
    await until(parked, (rows) => rows.length === 4);

    poisoned.clear();
    const { code, partitions } = await replay('--since', since);
    expect([code, partitions.length > 0]).toEqual([0, true]);
    const all = [early, both, late, healed, stuck];
    await untilEffects(all, [[1], [1, 2, 3, 3], [1, 1], [1, 2, 3], []]);
    await around.db.query(`UPDATE consumer_cursor SET state = 'redriving' WHERE source = '/series/${stuck}'`);
    await untilEffects([stuck], [[1, 2]]);
    await say(app, ...all);
    await untilEffects(all, [
      [1, 2],
      [1, 2, 3, 3, 4],
      [1, 1, 2],
      [1, 2, 3, 4],
      [1, 2, 3],
    ]);
    expect(await parked()).toEqual([]);
    const nothing = await replay('--since', new Date(Date.now() + 60_000).toISOString());
    expect(nothing).toMatchObject({ code: 0, partitions: [] });
  });

  it('is refused where effects would happen twice, and where it is not said how far back', async () => {
    const before = await positions();
    for (const [args, complaint] of [
      [['notifications.webhooks', '--since', '2026-01-01T00:00:00Z'], 'would go out again'],
      [['notifications.registrations', '--since', '2026-01-01T00:00:00Z'], 'would go out again'],
      [['events.statistics', '--since', '2026-01-01T00:00:00Z'], 'would count twice'],
      [['events.nobody', '--from-start'], 'There is no consumer events.nobody'],
      [[consumer, '--from-start'], 'is not of events, whose settings these are'],
      [[consumer], 'Say either'],
      [[consumer, '--since', '2026-01-01'], 'It must be a time such as'],
    ] as const) {
      const { code, stdout, stderr } = await expoAccord(around.env, 'replay', ...args);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(complaint)]);
    }
    expect(await positions()).toEqual(before);
  });
});
