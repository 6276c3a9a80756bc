import { randomUUID } from 'node:crypto';
import { type Kafka } from 'kafkajs';
import { kafkaClient, prefixed } from './kafka-client';
import { type IncomingRecord } from './kafka.port';
import { type KafkaConfig } from './kafka.settings';
import { KafkajsSubscription } from './kafkajs-subscription';

export interface ReadOptions {
  /** What the name of the Kafka group begins with: one that whoever reads may use. */
  readonly groupPrefix?: string;
  /** Only so many offsets at the end of each partition. */
  readonly last?: number;
}

/**
 * Hands over every record that the topics hold at this moment, in order within each partition, and then resolves. For
 * whoever looks at a topic from outside: nothing is remembered, no consumer of the product notices.
 */
export async function readTopics(
  config: KafkaConfig,
  topics: readonly string[],
  take: (record: IncomingRecord) => void,
  { groupPrefix = 'read-topics', last }: ReadOptions = {},
): Promise<void> {
  const kafka = kafkaClient(config, 'read-topics');
  // Nobody else's: members of a group share the partitions, and two who need all would wait for each other for ever.
  const groupId = prefixed(config, `${groupPrefix}-${randomUUID()}`);
  try {
    await readToTheEnd(kafka, { config, topics, groupId, last }, take);
  } finally {
    await forgetGroup(kafka, groupId);
  }
}

interface Reading {
  config: KafkaConfig;
  topics: readonly string[];
  groupId: string;
  last: number | undefined;
}

async function readToTheEnd(
  kafka: Kafka,
  { config, topics, groupId, last }: Reading,
  take: (record: IncomingRecord) => void,
): Promise<void> {
  const left = new Map<string, bigint>();
  const begins = new Map<string, bigint>();
  let finish!: () => void;
  let fail!: (error: Error) => void;
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const subscription = new KafkajsSubscription(
    { kafka, groupId, topics, prefix: prefixed(config, '') },
    {
      assigned: (partitions) => {
        for (const partition of partitions) {
          subscription.seek(partition, begins.get(`${partition.topic}/${partition.partition}`) ?? 0n);
        }
        return Promise.resolve();
      },
      alive: () => undefined,
      died: fail,
      batch: (batch) => {
        const name = `${batch.topic}/${batch.partition}`;
        const end = left.get(name) ?? 0n;
        for (const record of batch.records) if (record.offset < end) take(record);
        const next = (batch.records.at(-1)?.offset ?? -1n) + 1n;
        batch.resolve(next);
        if (next >= end) left.delete(name);
        if (left.size === 0) finish();
        return Promise.resolve();
      },
    },
  );
  for (const [topic, ranges] of await subscription.offsetRanges(topics)) {
    for (const [partition, { earliest, end }] of ranges) {
      if (end > earliest) left.set(`${topic}/${partition}`, end);
      const tail = end - BigInt(last ?? end);
      begins.set(`${topic}/${partition}`, tail > earliest ? tail : earliest);
    }
  }
  if (left.size === 0) return;
  try {
    await subscription.open();
    await finished;
  } finally {
    await subscription.close();
  }
}

async function forgetGroup(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // Kafka forgets an empty group by itself; reading has succeeded all the same.
  } finally {
    await admin.disconnect();
  }
}
