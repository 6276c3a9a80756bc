import { seriesTopic } from '@expo-accord/contracts';
import { Client } from 'pg';
import { service, surroundings, type Surroundings } from '../support/messaging-service';
import { until } from '../support/until';
import { type BenchRun, type Outcome } from './bench';
import { differences, percentile, percentileByPart } from './latencies';
import { MeasuredProcess } from './measured-process';
import { commitAtPace, CONNECTIONS, MESSAGES_IN_A_TRANSACTION, prepareAggregates } from './outbox-load';
import { othersBesidePoison, type PoisonFigures } from './poison';
import { RawProducer } from './raw-producer';
import { type RelayFigures } from './relay.process';
import { newStretch } from './series-stream';

const SECONDS = 120;
const PER_SECOND = 5_000;
const WINDOWS = 4;
/** Until the code of all processes is compiled; a service that has just started is seconds behind at this pace. */
const WARM_UP_SECONDS = 10;

interface Relayed {
  readonly latencies: Float64Array;
  readonly perSecond: number;
  readonly relayCpu: number;
}

/** From commit to acknowledgement at 5,000 messages a second, at rest and with a snapshot held open. */
export async function messages(run: BenchRun): Promise<Outcome> {
  const { seconds = SECONDS, log, atEnd } = run;
  const around = await surroundings();
  await prepareAggregates(around);
  const relay = await MeasuredProcess.start('relay.process.js', around.env);
  atEnd(() => relay.end());
  // Another process of the same service, whose relay stands by.
  const app = await service(around);
  atEnd(() => app.close());
  const raw = await RawProducer.connect(around.kafka, seriesTopic.name);
  atEnd(() => raw.close());

  const rawLatencies = async (during = seconds / WINDOWS): Promise<Float64Array> => {
    const stretch = newStretch(Math.ceil(during) * PER_SECOND);
    return raw.latenciesAtPace(stretch, PER_SECOND, MESSAGES_IN_A_TRANSACTION);
  };
  const relayed = async (during = seconds): Promise<Relayed> => {
    const stretch = newStretch(during * PER_SECOND);
    await relay.ask('begin', stretch);
    const { committed, perSecond } = await commitAtPace(app, stretch, PER_SECOND);
    await until(
      () => relay.ask<number>('count'),
      (count) => count >= stretch.messages,
      120_000,
    );
    const { acknowledged, cpu } = await relay.ask<RelayFigures>('figures');
    return { latencies: differences(committed, acknowledged), perSecond, relayCpu: cpu };
  };

  log('Warming up.');
  const warmUp = Math.min(WARM_UP_SECONDS, seconds);
  await rawLatencies(warmUp / 2);
  await relayed(warmUp);
  log('Bare kafkajs at the same rate.');
  const rawBefore = await rawLatencies();
  log(`Outbox and relay for ${seconds} s.`);
  const plain = await relayed();
  log('Bare kafkajs at the same rate.');
  const rawAfter = await rawLatencies();
  log('The same with a snapshot held open.');
  const held = await whileSnapshotIsHeld(around, relayed);
  const poison = await othersBesidePoison(run);
  return outcomeOf([rawBefore, rawAfter], plain, held, poison);
}

async function whileSnapshotIsHeld<T>({ db }: Surroundings, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: db.url, options: `-c search_path=${db.schema}` });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query('SELECT count(*) FROM outbox');
    return await work();
  } finally {
    await client.end();
  }
}

function outcomeOf(raw: Float64Array[], plain: Relayed, held: Relayed, poison: PoisonFigures): Outcome {
  const rawP99s = raw.map((latencies) => percentile(latencies, 99));
  const rawP99Ms = percentile(Float64Array.from(raw.flatMap((latencies) => [...latencies])), 99);
  const p99Ms = percentile(plain.latencies, 99);
  const inWindows = (percent: number): number[] => percentileByPart(plain.latencies, percent, WINDOWS);
  return {
    rows: [
      { what: 'bare kafkajs, produce to ack, p99', unit: 'ms', values: rawP99s },
      { what: 'commit to ack, p50', unit: 'ms', values: inWindows(50) },
      { what: 'commit to ack, p99', unit: 'ms', values: inWindows(99), goal: '<= 30' },
      { what: 'commit to ack, p99.9', unit: 'ms', values: inWindows(99.9), goal: '<= 120' },
      {
        what: 'with a snapshot held, p99',
        unit: 'ms',
        values: percentileByPart(held.latencies, 99, WINDOWS),
        goal: '<= 100',
      },
      { what: 'relay', unit: 'of a core', values: [plain.relayCpu], goal: '<= 0.6' },
      { what: 'relay with a snapshot held', unit: 'of a core', values: [held.relayCpu] },
      { what: 'committed', unit: 'messages/s', values: [plain.perSecond, held.perSecond], goal: '5,000' },
      { what: 'other keys beside a poison, p99', unit: 'ms', values: poison.p99Ms, goal: '<= 200' },
    ],
    notes: [
      `Ack: the moment at which the relay's publish resolves. ${MESSAGES_IN_A_TRANSACTION} messages in a transaction, ${CONNECTIONS} connections.`,
      `min, median and max: of ${WINDOWS} consecutive parts of the time; the figures below are of all of it.`,
      poison.note,
    ],
    figures: {
      rawP99Ms,
      p50Ms: percentile(plain.latencies, 50),
      p99Ms,
      p999Ms: percentile(plain.latencies, 99.9),
      ratioP99: p99Ms / rawP99Ms,
      relayCpu: plain.relayCpu,
      snapshotP99Ms: percentile(held.latencies, 99),
      poisonOthersP99Ms: Math.max(...poison.p99Ms),
      perSecond: plain.perSecond,
    },
  };
}
