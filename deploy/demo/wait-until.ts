import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until the answer satisfies, because what one service says reaches the next a moment later. */
export async function waitUntil<T>(
  what: string,
  ask: () => Promise<T>,
  satisfies: (answer: T) => boolean,
  timeoutMs = 120_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(`Waited ${timeoutMs / 1000} s for ${what}; the last answer was ${JSON.stringify(answer)}`);
    }
    await delay(200);
  }
}
