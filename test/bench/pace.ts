import { setTimeout as delay } from 'node:timers/promises';
import { now } from './latencies';

/**
 * Does `work(0)`, `work(1)`... evenly spread over the time that `perSecond` asks for, by so many workers; whoever is late
 * catches up. Answers how many a second it came to.
 */
export async function atPace(
  { count, perSecond, workers }: { count: number; perSecond: number; workers: number },
  work: (n: number) => Promise<void>,
): Promise<number> {
  const startedAt = now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const n = next++;
      const early = startedAt + (n / perSecond) * 1_000 - now();
      if (early > 0) await delay(early);
      await work(n);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return (count / (now() - startedAt)) * 1_000;
}
