import { seriesTopic } from '@expo-accord/contracts';
import { surroundings } from '../support/messaging-service';
import { until } from '../support/until';
import { type BenchRun } from './bench';
import { type ConsumerFigures } from './consumer.process';
import { CREATE_EFFECT_TABLE } from './effects';
import { differences, now, percentile } from './latencies';
import { MeasuredProcess } from './measured-process';
import { atPace } from './pace';
import { RawProducer } from './raw-producer';
import { newStretch, rawMessage } from './series-stream';

export interface PoisonFigures {
  /** From publishing to the effect's commit, of all but the poisoned keys; one for each repetition. */
  readonly p99Ms: readonly number[];
  readonly note: string;
}

const PER_SECOND = 2_000;
const MESSAGES_AT_ONCE = 10;
const LONGEST_SECONDS = 10;

/** How long the messages of well keys take to have their effect, while each second a message comes that never can. */
export async function othersBesidePoison(run: BenchRun): Promise<PoisonFigures> {
  const { seconds = LONGEST_SECONDS, repeats, log, atEnd } = run;
  log('A poison each second.');
  const consumer = 'events.poison';
  const around = await surroundings([consumer]);
  await around.db.query(CREATE_EFFECT_TABLE);
  const env = { ...around.env, BENCH_CONSUMER: consumer, BENCH_HANDLER: 'batch' };
  const reader = await MeasuredProcess.start('consumer.process.js', env);
  atEnd(() => reader.end());
  const raw = await RawProducer.connect(around.kafka, seriesTopic.name);
  atEnd(() => raw.close());

  const repetition = async (): Promise<number> => {
    const length = Math.min(seconds, LONGEST_SECONDS);
    const stretch = newStretch(length * PER_SECOND);
    const poison = newStretch(length);
    await reader.ask('begin', { stretch, poisonFrom: poison.firstAggregate });
    const published = new Float64Array(stretch.messages);
    const sends = PER_SECOND / MESSAGES_AT_ONCE;
    await atPace({ count: length * sends, perSecond: sends, workers: 1 }, async (nth) => {
      const from = nth * MESSAGES_AT_ONCE;
      const batch = Array.from({ length: MESSAGES_AT_ONCE }, (_, at) => rawMessage(stretch, from + at));
      if (nth % sends === 0) batch.unshift(rawMessage(poison, nth / sends));
      published.fill(now(), from, from + MESSAGES_AT_ONCE);
      await raw.send(batch);
    });
    await until(
      () => reader.ask<number>('count'),
      (count) => count >= stretch.messages,
      60_000,
    );
    const { effective } = await reader.ask<ConsumerFigures>('figures');
    return percentile(differences(published, effective), 99);
  };

  // Joining the group takes its time, which is not what is measured.
  const first = newStretch(1);
  await reader.ask('begin', { stretch: first });
  await raw.send([rawMessage(first, 0)]);
  await until(
    () => reader.ask<number>('count'),
    (count) => count === 1,
    60_000,
  );
  const p99Ms: number[] = [];
  while (p99Ms.length < repeats) p99Ms.push(await repetition());
  return {
    p99Ms,
    note: `Poison: ${PER_SECOND} messages a second, one more each second whose handler fails for good; from publishing to the commit of the effect; min, median and max of ${repeats} repetitions.`,
  };
}
