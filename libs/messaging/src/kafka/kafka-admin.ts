import { setTimeout as delay } from 'node:timers/promises';
import { type Admin, KafkaJSError } from 'kafkajs';
import { kafkaClient } from './kafka-client';
import { type KafkaConfig } from './kafka.settings';

/** Longer than one attempt to connect takes, and short enough for a person who waits. */
const CONNECT_WITHIN_MS = 8_000;

/** Kafka does not answer, or refuses. The message is a sentence for the person at the terminal. */
export class KafkaTrouble extends Error {
  override readonly name = 'KafkaTrouble';
}

/**
 * Runs `work` with a connection of its own, and gives up within seconds where Kafka cannot be reached.
 * @throws KafkaTrouble
 */
export async function withAdmin<T>(config: KafkaConfig, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafkaClient(config, 'operator').admin();
  try {
    await connectInTime(admin, config);
    return await work(admin);
  } catch (error) {
    if (error instanceof KafkaJSError) {
      throw new KafkaTrouble(`Kafka at ${config.KAFKA_BROKERS.join(', ')} did not do it (${error.message}).`);
    }
    throw error;
  } finally {
    void admin.disconnect().catch(() => undefined);
  }
}

/** kafkajs calls itself connected to a broker that has not said a word yet. */
async function firstAnswer(admin: Admin): Promise<void> {
  await admin.connect();
  await admin.listTopics();
}

async function connectInTime(admin: Admin, config: KafkaConfig): Promise<void> {
  const waiting = new AbortController();
  const late = delay(CONNECT_WITHIN_MS, 'no answer in time', { signal: waiting.signal });
  const failed = firstAnswer(admin).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : 'unknown error'),
  );
  const why = await Promise.race([failed, late]);
  waiting.abort();
  late.catch(() => undefined);
  if (why !== null) {
    throw new KafkaTrouble(`Kafka at ${config.KAFKA_BROKERS.join(', ')} cannot be reached (${why}).`);
  }
}
