import { seriesTopic } from '@expo-accord/contracts';
import { Client } from 'pg';
import { service, surroundings, type Surroundings } from '../support/messaging-service';
import { until } from '../support/until';
import { type BenchRun, type Outcome } from './bench';
import { MeasuredProcess } from './measured-process';
import { commitSome, CONNECTIONS, prepareAggregates } from './outbox-load';
import { RawProducer } from './raw-producer';
import { type RelayFigures } from './relay.process';
import { medianOf } from './report';
import { newStretch, rawMessage, type Stretch } from './series-stream';

const MESSAGES = 500_000;
const COMMITTED_AT_ONCE = 500;
/** Of each size that a bare producer might choose the best counts. */
const RAW_SIZES = [500, 1_000, 2_000];
/** The backlog itself is drained once; what it is compared with is measured on a part of it, before and after. */
const RAW_MESSAGES = 100_000;

/** How quickly a relay that finds a backlog empties it. */
export async function drain({ messages = MESSAGES, log, atEnd }: BenchRun): Promise<Outcome> {
  const around = await surroundings();
  await prepareAggregates(around);
  const raw = await RawProducer.connect(around.kafka, seriesTopic.name);
  atEnd(() => raw.close());
  const stretch = newStretch(messages);
  const rawRates = async (): Promise<number[]> => {
    log('Bare kafkajs, one batch in flight.');
    const rates: number[] = [];
    for (const size of RAW_SIZES) rates.push(await raw.sendAll(someOf(stretch), size));
    return rates;
  };

  const owner = await ownOutbox(around);
  atEnd(() => owner.end());
  await fillOutbox(around, stretch, log);
  const relay = await MeasuredProcess.start('relay.process.js', around.env);
  atEnd(() => relay.end());
  const before = await rawRates();
  log(`The relay takes over and drains ${messages} messages.`);
  await relay.ask('begin', stretch);
  await owner.end();
  await until(
    () => relay.ask<number>('count'),
    (count) => count >= messages,
    600_000,
  );
  const { acknowledged, cpu } = await relay.ask<RelayFigures>('figures');
  const after = await rawRates();

  const rates = ratesOf(acknowledged);
  const best = RAW_SIZES.map((_, at) => medianOf([before[at] ?? 0, after[at] ?? 0]));
  const perSecond = rates.overall;
  return {
    rows: [
      ...RAW_SIZES.map((size, at) => ({
        what: `bare kafkajs, ${size} in a send`,
        unit: 'messages/s',
        values: [before[at] ?? 0, after[at] ?? 0],
      })),
      { what: 'drain', unit: 'messages/s', values: rates.byPart },
      { what: 'of the best bare rate', unit: '', values: [perSecond / Math.max(...best)], goal: '>= 0.3' },
      { what: 'relay', unit: 'of a core', values: [cpu] },
    ],
    notes: ['Drain: from the first acknowledgement to the last; min, median and max of four consecutive parts.'],
    figures: { perSecond, ratioRaw: perSecond / Math.max(...best), rawPerSecond: Math.max(...best) },
  };
}

/** The lock that only the outbox's owner holds, so that every relay stands by while the backlog grows. */
async function ownOutbox({ db }: Surroundings): Promise<Client> {
  const client = new Client({ connectionString: db.url, options: `-c search_path=${db.schema}` });
  await client.connect();
  await client.query(`SELECT pg_advisory_lock(hashtext('outbox relay ' || current_schema()), 0)`);
  return client;
}

async function fillOutbox(around: Surroundings, stretch: Stretch, log: BenchRun['log']): Promise<void> {
  log(`A backlog of ${stretch.messages} messages is made.`);
  const app = await service(around);
  try {
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < stretch.messages) {
        const from = (next += COMMITTED_AT_ONCE) - COMMITTED_AT_ONCE;
        await commitSome(app, stretch, from, from + COMMITTED_AT_ONCE);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS / 2 }, worker));
  } finally {
    await app.close();
  }
}

function someOf(stretch: Stretch): ReturnType<typeof rawMessage>[] {
  const length = Math.min(RAW_MESSAGES, stretch.messages);
  return Array.from({ length }, (_, n) => rawMessage(stretch, n));
}

function ratesOf(acknowledged: Float64Array): { overall: number; byPart: number[] } {
  const times = acknowledged.filter((time) => !Number.isNaN(time)).sort();
  const rate = (part: Float64Array): number => {
    const [first = NaN, last = NaN] = [part[0], part.at(-1)];
    // What was acknowledged together with the first had been sent before the clock began to run.
    return (part.filter((time) => time > first).length / (last - first)) * 1_000;
  };
  const size = Math.ceil(times.length / 4);
  return { overall: rate(times), byPart: [0, 1, 2, 3].map((n) => rate(times.subarray(n * size, (n + 1) * size))) };
}
