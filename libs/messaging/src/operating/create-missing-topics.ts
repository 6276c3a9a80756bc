import { type TopicContract } from '@expo-accord/contracts';
import { createMissing } from '../kafka/create-topics';
import { withAdmin } from '../kafka/kafka-admin';
import { type KafkaConfig } from '../kafka/kafka.settings';

/** Like `createTopics`, for a person who waits: gives up within seconds where Kafka cannot be reached. */
export async function createMissingTopics(config: KafkaConfig, topics: readonly TopicContract[]): Promise<string[]> {
  return withAdmin(config, (admin) => createMissing(admin, config, topics));
}
