import { setTimeout as delay } from 'node:timers/promises';
import { seriesTopic } from '@expo-accord/contracts';
import { surroundings, type Surroundings } from '../support/messaging-service';
import { until } from '../support/until';
import { type BenchRun } from './bench';
import { CREATE_EFFECT_TABLE } from './effects';
import { MeasuredProcess } from './measured-process';
import { RawProducer } from './raw-producer';
import { newStretch, rawMessage } from './series-stream';

export interface TakeoverFigures {
  readonly killMs: readonly number[];
  readonly termMs: readonly number[];
  readonly note: string;
}

const CONSUMER = 'events.takeover';
const PARTITIONS = 4;
/** Each partition gets a message this often. */
const EVERY_MS = 20;
const LATELY_MS = 1_500;

/** How long partitions rest when one of two processes that read them goes away. */
export async function takeovers({ repeats, log, atEnd }: BenchRun): Promise<TakeoverFigures> {
  log('Two consumers, of which one is killed or stopped.');
  const around = await surroundings([CONSUMER], [{ ...seriesTopic, partitions: PARTITIONS }]);
  await around.db.query(CREATE_EFFECT_TABLE);
  const env = { ...around.env, BENCH_CONSUMER: CONSUMER, BENCH_HANDLER: 'batch' };
  const start = async (): Promise<MeasuredProcess> => {
    const started = await MeasuredProcess.start('consumer.process.js', env);
    atEnd(() => started.end());
    return started;
  };
  const stopTraffic = await steadyTraffic(around);
  atEnd(stopTraffic);

  const staying = await start();
  const longestRest = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number> => {
    const leaving = await start();
    await until(
      () => readersSince(around, new Date(Date.now() - LATELY_MS)),
      (readers) => readers.get(leaving.pid) === PARTITIONS / 2 && readers.get(staying.pid) === PARTITIONS / 2,
      60_000,
    );
    const at = new Date();
    await leaving.end(signal);
    const left = new Date();
    await until(
      () => readersSince(around, left),
      (readers) => readers.get(staying.pid) === PARTITIONS,
      60_000,
    );
    return longestGap(around, at);
  };
  const killMs: number[] = [];
  const termMs: number[] = [];
  for (let repetition = 0; repetition < repeats; repetition += 1) {
    termMs.push(await longestRest('SIGTERM'));
    killMs.push(await longestRest('SIGKILL'));
  }
  await staying.end();
  await stopTraffic();
  return {
    killMs,
    termMs,
    note: `Take-over: the longest that any of ${PARTITIONS} partitions, with a message each ${EVERY_MS} ms, went without an effect; ${repeats} repetitions.`,
  };
}

/** One aggregate for each partition, which speaks all the time. Answers how to stop it. */
async function steadyTraffic({ kafka }: Surroundings): Promise<() => Promise<void>> {
  const raw = await RawProducer.connect(kafka, seriesTopic.name);
  const stretches = Array.from({ length: PARTITIONS }, () => newStretch(1));
  const stopping = new AbortController();
  const traffic = (async () => {
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      await raw.send(stretches.map((stretch, partition) => ({ ...rawMessage(stretch, n), partition })));
      await delay(EVERY_MS);
    }
    await raw.close();
  })();
  return async () => {
    stopping.abort();
    await traffic;
  };
}

/** On how many partitions (one source each) each process has had an effect since then. */
async function readersSince({ db }: Surroundings, since: Date): Promise<ReadonlyMap<number, number>> {
  const rows = await db.query<{ process: number; sources: number }>(
    `SELECT process, count(DISTINCT source)::int AS sources FROM bench_effect WHERE at > $1 GROUP BY process`,
    [since],
  );
  return new Map(rows.map(({ process, sources }) => [process, sources]));
}

/** Milliseconds; of the rest in which `at` lies, and of any after it. */
async function longestGap({ db }: Surroundings, at: Date): Promise<number> {
  const [row] = await db.query<{ gap: number }>(
    `SELECT max(extract(epoch FROM next - greatest(at, $1)) * 1000)::float8 AS gap
     FROM (SELECT at, lead(at) OVER (PARTITION BY source ORDER BY at) AS next FROM bench_effect) AS effect
     WHERE next > $1`,
    [at],
  );
  return row?.gap ?? NaN;
}
