import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { deadLetterTopicOf, seriesRecorded } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import {
  assembled,
  dataSourceOf,
  recordsOf,
  say,
  service,
  surroundings,
  type Surroundings,
} from '../../../../test/support/messaging-service';
import { readModelDump } from '../../../../test/support/read-model-dump';
import { until } from '../../../../test/support/until';
import {
  dropParked,
  type MessageContext,
  OnMessages,
  PermanentFailure,
  type Rebuilt,
  rebuildReadModel,
  type Received,
  redrive,
} from '..';

const consumer = 'events.tally';
const model = { tables: ['tally'], effects: ['effect'] };
/** `<source> <sequence>` that fail for good. */
const poisoned = new Set<string>();
/** Called before anything is written, with the session that writes. */
let onTake: (pid: number) => Promise<void> = () => Promise.resolve();

/** Counts, which nobody may do twice, draws a place for each source, and has an effect that must not happen again. */
@Controller()
class TallyConsumer {
  @OnMessages(consumer, [seriesRecorded])
  async count(messages: readonly Received<typeof seriesRecorded>[], { manager }: MessageContext): Promise<void> {
    const [session] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
    await onTake(session?.pid ?? 0);
    for (const { source, sequence } of messages) {
      if (poisoned.has(`${source} ${sequence}`)) throw new PermanentFailure('poison');
      await manager.query(
        `INSERT INTO tally (source, count, sum) VALUES ($1, 1, $2) ON CONFLICT (source)
         DO UPDATE SET count = tally.count + 1, sum = tally.sum + EXCLUDED.sum, told_at = now()`,
        [source, sequence],
      );
      await manager.query('INSERT INTO effect (source, sequence) VALUES ($1, $2)', [source, sequence]);
    }
  }
}

let around: Surroundings;
let app: NestFastifyApplication;

beforeEach(async () => {
  poisoned.clear();
  onTake = () => Promise.resolve();
  around = await surroundings([consumer]);
  await around.db.query(`CREATE TABLE tally (source text PRIMARY KEY, count int NOT NULL, sum bigint NOT NULL,
    place bigserial, told_at timestamptz NOT NULL DEFAULT now())`);
  app = await service(around, [TallyConsumer], [consumer]);
});

afterEach(async () => {
  await app.close();
  await around.drop();
});

async function rebuild(with_: typeof model = model): Promise<Rebuilt> {
  const beside = await assembled(around, [TallyConsumer], [consumer]);
  try {
    return await rebuildReadModel(beside, { [consumer]: with_ }, consumer);
  } finally {
    await beside.close();
  }
}

const tally = () => readModelDump(around.db, model.tables);
const effects = () =>
  around.db.query<{ source: string; sequence: number }>('SELECT source, sequence FROM effect ORDER BY at');
const untilEffects = (count: number) => until(effects, (rows) => rows.length >= count);
/** What the tally has to be: an independent count of the effects, each of which happened once. */
async function expectTallyOfEffects(): Promise<void> {
  const once = await around.db.query(
    'SELECT source FROM effect GROUP BY source HAVING count(*) <> count(DISTINCT sequence) OR count(*) <> max(sequence)',
  );
  expect(once).toEqual([]);
  const counted = await around.db.query<{ line: string }>(
    `SELECT jsonb_build_object('source', source, 'count', count(*), 'sum', sum(sequence))::text COLLATE "C" AS line
     FROM effect GROUP BY source ORDER BY line`,
  );
  expect(await tally()).toEqual(counted.map(({ line }) => `tally ${line}`));
}
const spoil = () =>
  around.db.query(
    `WITH gone AS (DELETE FROM tally WHERE source = (SELECT min(source) FROM tally)),
       odd AS (UPDATE tally SET count = count + 7 WHERE source = (SELECT max(source) FROM tally))
     INSERT INTO tally VALUES ('/series/nobody', 1, 1)`,
  );
const parked = () =>
  around.db.query<{ source: string; sequence: string }>(
    `SELECT source, ltrim(headers->>'ce_sequence', '0') AS sequence FROM parked_message ORDER BY source, "offset"`,
  );

/** How many went out, once nothing is on its way any more. */
async function deadLetters(): Promise<number> {
  await until(
    () => around.db.query('SELECT 1 FROM outbox'),
    (waiting) => waiting.length === 0,
  );
  return (await recordsOf(around, deadLetterTopicOf(consumer).name)).length;
}

describe('a rebuild', () => {
  it('says what the messages say, beside a service that goes on, and has no effect a second time', async () => {
    const ids = Array.from({ length: 30 }, newId);
    for (let round = 0; round < 20; round += 1) await say(app, ...ids, ...ids);
    await untilEffects(1_200);
    await spoil();
    const places = await around.db.query<{ source: string; place: string }>('SELECT source, place FROM tally');

    let said = 0;
    const sayMore = async (isOver: () => boolean): Promise<void> => {
      while (!isOver()) {
        await say(app, ...ids.slice(1, -1));
        said += ids.length - 2;
        await untilEffects(1_200 + said);
      }
    };
    let isOver = false;
    const traffic = sayMore(() => isOver);
    const rebuilt = await rebuild();
    isOver = true;
    await traffic;

    expect(rebuilt.tables).toEqual([{ table: 'tally', rows: 30, added: 1, changed: 1, removed: 1 }]);
    expect(said).toBeGreaterThan(0);
    await untilEffects(1_200 + said);
    await expectTallyOfEffects();
    const now = await around.db.query<{ source: string; place: string }>('SELECT source, place FROM tally');
    expect(
      now.filter((row) => places.some((before) => before.source === row.source && before.place !== row.place)),
    ).toEqual([]);
    expect((await rebuild()).tables).toEqual([{ table: 'tally', rows: 30, added: 0, changed: 0, removed: 0 }]);
    await expectTallyOfEffects();
  });

  it('gives up again what was dropped, parks what fails, and goes over a gap that somebody went over', async () => {
    const [dropped, lost, sick, well] = [newId(), newId(), newId(), newId()];
    poisoned.add(`/series/${dropped} 2`);
    await say(app, dropped, dropped, dropped, sick, well);
    await until(parked, (rows) => rows.length === 2);
    await dropParked(dataSourceOf(app), consumer, `/series/${dropped}`, 'said by mistake');
    await redrive(dataSourceOf(app), consumer, `/series/${dropped}`);
    // As if a message had been lost on its way for ever.
    await around.db.query(`INSERT INTO message_stream (source, last_sequence) VALUES ('/series/${lost}', 1)`);
    await say(app, lost, lost);
    await until(parked, (rows) => rows.length === 2);
    await redrive(dataSourceOf(app), consumer, `/series/${lost}`);
    await until(parked, (rows) => rows.length === 0);
    poisoned.add(`/series/${sick} 2`);
    await say(app, sick, sick, well);
    await until(parked, (rows) => rows.length === 2);
    await untilEffects(7);
    const before = await tally();

    const lettersBefore = await deadLetters();
    const rebuilt = await rebuild();
    expect([rebuilt.tables, rebuilt.parked]).toEqual([
      [{ table: 'tally', rows: 4, added: 0, changed: 0, removed: 0 }],
      2,
    ]);
    expect(await tally()).toEqual(before);
    expect(await parked()).toEqual([
      { source: `/series/${sick}`, sequence: '2' },
      { source: `/series/${sick}`, sequence: '3' },
    ]);
    // Not even a dead letter goes out again.
    expect(await deadLetters()).toBe(lettersBefore);

    poisoned.clear();
    await redrive(dataSourceOf(app), consumer, `/series/${sick}`);
    await say(app, dropped, lost, sick, well);
    await untilEffects(13);
    expect(await parked()).toEqual([]);
    expect((await effects()).filter(({ source }) => source.endsWith(sick)).map(({ sequence }) => sequence)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('takes in what failed for the serving one and fails no more', async () => {
    const id = newId();
    poisoned.add(`/series/${id} 2`);
    await say(app, id, id, id);
    await until(parked, (rows) => rows.length === 2);
    poisoned.clear();
    const { tables, parked: waiting } = await rebuild();
    expect([tables[0]?.changed, waiting, await parked()]).toEqual([1, 0, []]);
    await say(app, id);
    await until(tally, ([line]) => line?.includes('"count": 4') ?? false);
  });

  it('leaves everything as it was when its session ends in the middle, and can be run again', async () => {
    const ids = Array.from({ length: 10 }, newId);
    for (let round = 0; round < 60; round += 1) await say(app, ...ids);
    await untilEffects(600);
    await spoil();
    const before = await tally();
    const serving = await around.db.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
    let taken = 0;
    onTake = async (pid) => {
      if (serving.some((session) => session.pid === pid)) return;
      taken += 1;
      if (taken === 2) await around.db.query(`SELECT pg_terminate_backend(${pid})`);
    };
    await expect(rebuild()).rejects.toThrow();
    expect(await tally()).toEqual(before);
    onTake = () => Promise.resolve();
    await rebuild();
    await expectTallyOfEffects();
  });

  it('is refused while the same is being rebuilt, and before anything was taken', async () => {
    await say(app, newId());
    await untilEffects(1);
    let refusal: Promise<unknown> | undefined;
    onTake = async () => {
      onTake = () => Promise.resolve();
      refusal = rebuild().catch((error: unknown) => error);
      await refusal;
    };
    await rebuild();
    expect(await refusal).toMatchObject({ name: 'RebuildRefused', message: `${consumer} is being rebuilt already.` });
    await app.close();
    await around.db.query('DELETE FROM consumer_position');
    await expect(rebuild()).rejects.toThrow('has taken nothing yet');
  });

  it('cannot write what is not declared: the database refuses, and nothing is changed', async () => {
    await say(app, newId());
    await untilEffects(1);
    await spoil();
    const before = await tally();
    await expect(rebuild({ tables: ['tally'], effects: [] })).rejects.toThrow('read-only transaction');
    expect([await tally(), (await effects()).length]).toEqual([before, 1]);
  });
});
