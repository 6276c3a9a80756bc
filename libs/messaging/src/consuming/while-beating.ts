import { type RecordBatch } from '../kafka/kafka.port';

const EVERY_MS = 1_000;

/**
 * Keeps the membership alive while `work` takes its time. When the group has moved on the work is still finished,
 * since the position row keeps others out; the news is left to the next heartbeat.
 */
export async function whileBeating<T>(batch: RecordBatch, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    batch.heartbeat().catch(() => undefined);
  }, EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
