import { seriesTopic } from '@expo-accord/contracts';
import { Client } from 'pg';
import { surroundings, type Surroundings } from '../support/messaging-service';
import { until } from '../support/until';
import { type BenchRun } from './bench';
import { type ConsumerFigures } from './consumer.process';
import { CONNECTIONS_AT_ONCE, CREATE_EFFECT_TABLE, INSERT_EFFECTS } from './effects';
import { now } from './latencies';
import { MeasuredProcess } from './measured-process';
import { RawProducer } from './raw-producer';
import { aggregateAt, aggregateIdOf, newStretch, rawMessage, type Stretch } from './series-stream';
import { singlePeer } from './single-peer';

export interface RateFigures {
  readonly perSecond: readonly number[];
  readonly peer: readonly number[];
  readonly ratios: readonly number[];
  readonly note: string;
}

const PARTITIONS = 8;
/** All of it may go to one partition, of which a broker takes no more than a megabyte at once. */
const SENT_AT_ONCE = 500;

/** Hundreds of messages in one transaction, whose handler takes them together. */
export async function consumedInBatches(run: BenchRun, messages: number): Promise<RateFigures & { size: number }> {
  const consumers = namesOf('events.batch', run);
  const { around, stretch } = await prepared(run, consumers, messages);
  const perSecond: number[] = [];
  const peer: number[] = [];
  let size = 0;
  for (const consumer of consumers) {
    const { rate, figures } = await consumedBy(run, around, stretch, { consumer, handler: 'batch' });
    perSecond.push(rate);
    size = Math.round(figures.count / figures.transactions);
    peer.push(await bareInserts(around, stretch, size));
  }
  const ratios = perSecond.map((rate, at) => rate / (peer[at] ?? NaN));
  return {
    perSecond,
    peer,
    ratios,
    size,
    note: `In batches: ${size} messages in a transaction on average; bare SQL writes the same rows (effects, cursors, positions).`,
  };
}

/** One message in each transaction, as when they arrive one at a time: of one partition, since several commit together. */
export async function consumedOneByOne(run: BenchRun, messages: number): Promise<RateFigures & { peerName: string }> {
  const consumers = namesOf('events.single', run);
  const { around, stretch } = await prepared(run, consumers, messages, 1);
  const peerOf = await singlePeer(around, stretch);
  const perSecond: number[] = [];
  const peer: number[] = [];
  for (const consumer of consumers) {
    perSecond.push((await consumedBy(run, around, stretch, { consumer, handler: 'single' })).rate);
    peer.push(await peerOf.perSecond(messages));
  }
  const ratios = perSecond.map((rate, at) => rate / (peer[at] ?? NaN));
  const note = `One transaction a message, on one connection: ${peerOf.note}.`;
  return { perSecond, peer, ratios, peerName: peerOf.name, note };
}

/** A consumer of its own for each repetition: it begins with the first message. */
function namesOf(name: string, { repeats }: BenchRun): string[] {
  return Array.from({ length: repeats }, (_, repetition) => `${name}-${repetition + 1}`);
}

async function prepared(
  { log, atEnd }: BenchRun,
  consumers: readonly string[],
  messages: number,
  partitions = PARTITIONS,
): Promise<{ around: Surroundings; stretch: Stretch }> {
  const around = await surroundings(consumers, [{ ...seriesTopic, partitions }]);
  await around.db.query(CREATE_EFFECT_TABLE);
  const raw = await RawProducer.connect(around.kafka, seriesTopic.name);
  atEnd(() => raw.close());
  const stretch = newStretch(messages);
  log(`${messages} messages are put on a topic.`);
  await raw.sendAll(
    Array.from({ length: messages }, (_, n) => rawMessage(stretch, n)),
    SENT_AT_ONCE,
  );
  return { around, stretch };
}

async function consumedBy(
  { log, atEnd }: BenchRun,
  { db, env }: Surroundings,
  stretch: Stretch,
  { consumer, handler }: { consumer: string; handler: 'batch' | 'single' },
): Promise<{ rate: number; figures: ConsumerFigures }> {
  log(`${consumer} takes ${stretch.messages} messages.`);
  await db.query('TRUNCATE bench_effect');
  const reader = await MeasuredProcess.start('consumer.process.js', {
    ...env,
    BENCH_CONSUMER: consumer,
    BENCH_HANDLER: handler,
  });
  atEnd(() => reader.end());
  await until(
    () => reader.ask<number>('count'),
    (count) => count >= stretch.messages,
    600_000,
  );
  const figures = await reader.ask<ConsumerFigures>('figures');
  await reader.end();
  const [{ effects } = { effects: 0 }] = await db.query<{ effects: number }>(
    'SELECT count(DISTINCT (source, sequence))::int AS effects FROM bench_effect',
  );
  if (effects !== stretch.messages || figures.count !== stretch.messages) {
    throw new Error(`${stretch.messages} messages had ${effects} different effects in ${figures.count} calls`);
  }
  return { rate: (figures.count / (figures.lastAt - figures.firstAt)) * 1_000, figures };
}

/**
 * Messages a second whose rows (effects, cursors, positions) are written by bare SQL in transactions of this size, on as
 * many connections as the consumer has.
 */
async function bareInserts({ db }: Surroundings, stretch: Stretch, size: number): Promise<number> {
  await db.query(`TRUNCATE bench_effect; DELETE FROM consumer_cursor WHERE consumer = 'peer';
    INSERT INTO consumer_position (consumer, topic, partition, next_offset)
    SELECT 'peer', 'events.series', connection - 1, 0 FROM generate_series(1, ${CONNECTIONS_AT_ONCE}) AS connection
    ON CONFLICT DO NOTHING`);
  const places = Array.from({ length: stretch.messages }, (_, n) => ({
    source: `/series/${aggregateIdOf(aggregateAt(stretch, n))}`,
    sequence: Math.floor(n / stretch.aggregates) + 1,
  }));
  const startedAt = now();
  const connection = async (at: number): Promise<void> => {
    const client = new Client({ connectionString: db.url, options: `-c search_path=${db.schema}` });
    await client.connect();
    // Each its own sources, as partitions have.
    const own = places.filter((_, n) => (n % stretch.aggregates) % CONNECTIONS_AT_ONCE === at);
    for (let from = 0; from < own.length; from += size) {
      await writeRows(client, at, own.slice(from, from + size));
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, (_, at) => connection(at)));
  return (stretch.messages / (now() - startedAt)) * 1_000;
}

async function writeRows(
  client: Client,
  partition: number,
  places: readonly { source: string; sequence: number }[],
): Promise<void> {
  const last = new Map(places.map(({ source, sequence }) => [source, sequence]));
  await client.query('BEGIN');
  await client.query({
    name: 'effects',
    text: INSERT_EFFECTS,
    values: [places.map(({ source }) => source), places.map(({ sequence }) => sequence), process.pid],
  });
  await client.query({
    name: 'cursors',
    text: `INSERT INTO consumer_cursor (consumer, source, epoch, sequence)
           SELECT 'peer', source, 1, sequence FROM unnest($1::text[], $2::bigint[]) AS taken (source, sequence)
           ON CONFLICT (consumer, source) DO UPDATE SET sequence = EXCLUDED.sequence`,
    values: [[...last.keys()], [...last.values()]],
  });
  await client.query({
    name: 'position',
    text: `UPDATE consumer_position SET next_offset = next_offset + 1 WHERE consumer = 'peer' AND partition = $1`,
    values: [partition],
  });
  await client.query('COMMIT');
}
