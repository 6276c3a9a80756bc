import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Client } from 'pg';
import { type KafkaConfig } from '@expo-accord/messaging';
import { lagging } from './check-consumers';
import { type FaultStack, withClient } from './fault-stack';
import { type ConsumerState, type Finding, type Said, type Streams } from './history';
import { readConsumers, readSaid, readStreams } from './read-streams';
import { readUnfinished } from './read-effects';
import { type InstanceName, instanceNames, speakers } from './schedule';

const patienceMs = 150_000;
const betweenLooksMs = 500;
const betweenWordsMs = 3_000;

export interface Settled {
  said: Said[];
  streams: Streams[];
  consumers: ConsumerState[];
  findings: Finding[];
}

/** Brings up whatever is down, and waits until nothing is under way any more: that itself is part of the promise. */
export async function settle(
  stack: FaultStack,
  kafka: KafkaConfig,
  { log, signal }: { log: (line: string) => void; signal?: AbortSignal },
): Promise<Settled> {
  stack.heal();
  await Promise.all([stack.postgres.recovered(), stack.kafka.recovered()]);
  log('PostgreSQL and Kafka are back.');
  const away = await Promise.all(instanceNames.map((name) => notReady(stack, name)));
  const findings = away.flatMap((finding) => finding ?? []);
  log('Every service says that it is ready.');
  const deadline = Date.now() + patienceMs;
  let toldAt = Date.now();
  for (;;) {
    signal?.throwIfAborted();
    const before = await withClient(stack, whatDatabasesSay);
    const said = before.restless.length === 0 || Date.now() > deadline ? await readSaid(kafka) : [];
    const after = await withClient(stack, whatDatabasesSay);
    const restless = isDeepStrictEqual(before, after) ? restlessOf(after, said) : ['something is still being written'];
    if (restless.length === 0) return { ...after, said, findings };
    if (Date.now() > toldAt + betweenWordsMs) {
      log(`Waiting, because ${restless.join(', ')}.`);
      toldAt = Date.now();
    }
    if (Date.now() > deadline) {
      const detail = `${patienceMs / 1_000} s after the last fault`;
      return { ...after, said, findings: [...findings, ...restless.map((about) => stuck(about, detail))] };
    }
    await delay(betweenLooksMs);
  }
}

function restlessOf({ restless, consumers }: DatabasesSay, said: readonly Said[]): string[] {
  if (restless.length > 0) return restless;
  return consumers.flatMap(({ consumer, positions }) => {
    const topics = new Set(positions.map(({ topic }) => topic));
    const read = said.filter(({ topic }) => topics.has(topic));
    return lagging(read, positions).map((what) => `${consumer}: ${what}`);
  });
}

function stuck(about: string, detail: string): Finding {
  return { kind: 'stuck', about, detail };
}

async function notReady(stack: FaultStack, name: InstanceName): Promise<Finding | undefined> {
  try {
    await stack.instance(name).ready();
    return undefined;
  } catch (error) {
    return stuck(name, error instanceof Error ? error.message : 'is not ready');
  }
}

interface DatabasesSay {
  streams: Streams[];
  consumers: ConsumerState[];
  /** What is under way, in words. */
  restless: string[];
}

async function whatDatabasesSay(client: Client): Promise<DatabasesSay> {
  const streams: Streams[] = [];
  const consumers: ConsumerState[] = [];
  for (const service of speakers) {
    streams.push(await readStreams(client, service));
    consumers.push(...(await readConsumers(client, service)));
  }
  const outboxes = streams.flatMap(({ service, unsent }) =>
    unsent.length === 0 ? [] : [`the outbox of ${service} holds ${unsent.length}`],
  );
  return { streams, consumers, restless: [...(await readUnfinished(client)), ...outboxes] };
}
