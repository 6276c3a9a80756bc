import { setTimeout as delay } from 'node:timers/promises';
import { deadLetterTopicOf, type TopicContract } from '@expo-accord/contracts';
import {
  type Admin,
  type IResourceConfigEntry,
  KafkaJSAggregateError,
  KafkaJSError,
  KafkaJSSASLAuthenticationError,
} from 'kafkajs';
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
      const brokers = config.KAFKA_BROKERS.join(', ');
      if (error instanceof KafkaJSSASLAuthenticationError) {
        const { KAFKA_SASL_USERNAME: user = '', KAFKA_SASL_MECHANISM: mechanism } = config;
        throw new Error(`Kafka at ${brokers} refuses the login of "${user}" by ${mechanism}: ${error.message}.`, {
          cause: error,
        });
      }
      if (!isPassing(error)) {
        throw error;
      }
      if (isDistrust(error)) {
        throw new Error(`Kafka at ${brokers} is not trusted: ${error.message}. KAFKA_CA_FILE names whom to trust.`, {
          cause: error,
        });
      }
      log(`Waiting for Kafka at ${brokers} (${error.message})`);
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
    const creating = admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({
        topic: prefixed(config, topic.name),
        numPartitions: topic.partitions,
        configEntries: topicConfiguration(topic),
      })),
    });
    await creating.catch((error: unknown) => {
      throw error instanceof KafkaJSAggregateError ? new Error(reasonsOf(error), { cause: error }) : error;
    });
  }
  // Throws until every broker asked knows every topic and who leads it.
  await admin.fetchTopicMetadata({ topics: wanted.map(({ name }) => prefixed(config, name)) });
  return missing.map(({ name }) => name);
}

/** The aggregate itself says no more than that there were errors. */
function reasonsOf({ errors }: KafkaJSAggregateError): string {
  const reasons = errors.map((error) =>
    error instanceof Error && 'topic' in error ? `${String(error.topic)} (${error.message})` : String(error),
  );
  return `Kafka refuses to create ${reasons.join(', ')}`;
}

/** No connection, no leader yet, or kafkajs ran out of tries; not a login or a right that is missing. */
function isPassing(error: unknown): error is Error {
  return error instanceof KafkaJSError && (error.retriable || error.name === 'KafkaJSNumberOfRetriesExceeded');
}

/** The broker's certificate is of an authority that we do not know, for another host, or no longer valid. */
function isDistrust(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code) || isDistrust(error.cause);
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
