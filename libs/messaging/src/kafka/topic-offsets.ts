import { setTimeout as delay } from 'node:timers/promises';
import { type Admin, KafkaJSProtocolError, type SeekEntry } from 'kafkajs';

const WAIT_MS = 100;
const ATTEMPTS = 50;
const ELECTING = ['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', 'REPLICA_NOT_AVAILABLE'];

/**
 * The first offset that each partition of a topic holds (`low`) and the next one to be written (`high`). For a moment after
 * a topic was created, or its leader moved, no broker answers for it; kafkajs gives up at once, which this does not.
 * @param name with the prefix
 */
export async function topicOffsets(admin: Admin, name: string): Promise<(SeekEntry & { low: string; high: string })[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admin.fetchTopicOffsets(name);
    } catch (error) {
      const passes = error instanceof KafkaJSProtocolError && ELECTING.includes(error.type);
      if (!passes || attempt === ATTEMPTS) throw error;
      await delay(WAIT_MS);
    }
  }
}
