import { setTimeout as delay } from 'node:timers/promises';
import { deadLetterTopicOf, type TopicContract } from '@expo-accord/contracts';
import { type Admin, type IResourceConfigEntry, KafkaJSProtocolError } from 'kafkajs';
import { kafkaClient, prefixed } from './kafka-client';
import { type KafkaConfig } from './kafka.settings';

const DAY_MS = 86_400_000;
const RETRY_MS = 1_000;
const LEADER_RETRY_MS = 100;

/**
 * Creates what is missing of the given topics and of the dead-letter topics of the given consumers, and leaves what
 * exists as it is. Safe to run twice and by two at once. Waits for Kafka, and says so.
 */
export async function createTopics(
  config: KafkaConfig,
  topics: readonly TopicContract[],
  consumers: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  const admin = await connectedAdmin(config, log);
  try {
    const wanted = [...topics, ...consumers.map(deadLetterTopicOf)];
    const existing = new Set(await admin.listTopics());
    const missing = wanted.filter(({ name }) => !existing.has(prefixed(config, name)));
    if (missing.length > 0) {
      // An existing topic makes this answer false, not throw: another job was quicker.
      await admin.createTopics({
        waitForLeaders: false,
        topics: missing.map((topic) => ({
          topic: prefixed(config, topic.name),
          numPartitions: topic.partitions,
          configEntries: topicConfiguration(topic),
        })),
      });
      await leadersOf(
        admin,
        missing.map(({ name }) => prefixed(config, name)),
      );
    }
    log(missing.length === 0 ? 'All topics exist' : `Created topics ${missing.map(({ name }) => name).join(', ')}`);
  } finally {
    await admin.disconnect();
  }
}

/** Resolves when each partition has a leader. kafkajs' own wait gives up when a broker has not heard of a new topic yet. */
async function leadersOf(admin: Admin, names: string[]): Promise<void> {
  for (;;) {
    const led = await admin.fetchTopicMetadata({ topics: names }).then(
      ({ topics }) => topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0)),
      (error: unknown) => {
        if (error instanceof KafkaJSProtocolError && error.retriable) return false;
        throw error;
      },
    );
    if (led) return;
    await delay(LEADER_RETRY_MS);
  }
}

/** Kafka compacts only closed segments, so a compacted topic closes them often: a forgotten value is gone within days. */
export function topicConfiguration({ retention, cleanup }: TopicContract): IResourceConfigEntry[] {
  if (cleanup === 'compact') {
    return [
      { name: 'cleanup.policy', value: 'compact' },
      { name: 'segment.ms', value: String(DAY_MS) },
      { name: 'max.compaction.lag.ms', value: String(2 * DAY_MS) },
      { name: 'delete.retention.ms', value: String(7 * DAY_MS) },
      { name: 'min.cleanable.dirty.ratio', value: '0.1' },
    ];
  }
  const retentionMs = retention === 'forever' ? -1 : retention.days * DAY_MS;
  return [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: String(retentionMs) },
    { name: 'retention.bytes', value: '-1' },
  ];
}

async function connectedAdmin(config: KafkaConfig, log: (line: string) => void): Promise<Admin> {
  for (;;) {
    const admin = kafkaClient(config, 'create-topics').admin();
    try {
      await admin.connect();
      return admin;
    } catch {
      await admin.disconnect().catch(() => undefined);
      log(`Waiting for Kafka at ${config.KAFKA_BROKERS.join(', ')}`);
      await delay(RETRY_MS);
    }
  }
}
