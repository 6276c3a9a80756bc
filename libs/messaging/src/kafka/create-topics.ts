import { setTimeout as delay } from 'node:timers/promises';
import { deadLetterTopicOf, type TopicContract } from '@expo-accord/contracts';
import { type Admin, type IResourceConfigEntry, KafkaJSError } from 'kafkajs';
import { kafkaClient, prefixed } from './kafka-client';
import { type KafkaConfig } from './kafka.settings';

const DAY_MS = 86_400_000;
const RETRY_MS = 1_000;

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
  const wanted = [...topics, ...consumers.map(deadLetterTopicOf)];
  const kafka = kafkaClient(config, 'create-topics');
  for (;;) {
    const admin = kafka.admin();
    try {
      await admin.connect();
      const created = await createMissing(admin, config, wanted);
      log(created.length === 0 ? 'All topics exist' : `Created topics ${created.join(', ')}`);
      return;
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
      log(`Waiting for Kafka at ${config.KAFKA_BROKERS.join(', ')} (${error.message})`);
      await delay(RETRY_MS);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

/** Answers what was missing. */
export async function createMissing(
  admin: Admin,
  config: KafkaConfig,
  wanted: readonly TopicContract[],
): Promise<string[]> {
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
  }
  // Throws until every broker asked knows every topic and who leads it.
  await admin.fetchTopicMetadata({ topics: wanted.map(({ name }) => prefixed(config, name)) });
  return missing.map(({ name }) => name);
}

/** No connection, no leader yet, or kafkajs ran out of tries; not a login or a right that is missing. */
function isPassing(error: unknown): error is Error {
  return error instanceof KafkaJSError && (error.retriable || error.name === 'KafkaJSNumberOfRetriesExceeded');
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
