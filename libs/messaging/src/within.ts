import { setTimeout as delay } from 'node:timers/promises';

/** Waits for `work`, but no longer than `ms`: what is not done by then is cut off when the process ends. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  try {
    await Promise.race([work, delay(ms, undefined, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}
