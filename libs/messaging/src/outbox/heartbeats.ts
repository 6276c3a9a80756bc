import { type TopicContract } from '@expo-accord/contracts';
import { partitionOfKey } from '../kafka/partition-of-key';
import { type OutgoingMessage, tombstone } from './outgoing-message';

const NOBODYS_TENANT = '00000000-0000-0000-0000-000000000000';

/**
 * A tombstone of nobody for each partition of a compacted topic. Kafka compacts only segments that are closed, and closes
 * one only when a record comes: on a partition where nothing happens any more, what was forgotten would stay for ever.
 */
export function heartbeats(topic: TopicContract): OutgoingMessage[] {
  const beats = new Map<number, OutgoingMessage>();
  for (let number = 1; beats.size < topic.partitions; number += 1) {
    const nobody = `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
    const beat = tombstone(topic, nobody, NOBODYS_TENANT);
    const partition = partitionOfKey(beat.partitionKey, topic.partitions);
    if (!beats.has(partition)) beats.set(partition, beat);
  }
  return [...beats.values()];
}
