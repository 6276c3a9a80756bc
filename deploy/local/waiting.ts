import { setTimeout as delay } from 'node:timers/promises';
import { LocalProblem } from './local-problem';

export interface Waiting {
  timeoutMs: number;
  intervalMs?: number;
  /** Says why waiting is pointless, for example because the process has ended. */
  givenUp?: () => string | undefined;
}

/** Asks `probe` again and again until it answers something; a probe that throws has not answered yet. */
export async function waitFor<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  waiting: Waiting,
): Promise<T> {
  const deadline = Date.now() + waiting.timeoutMs;
  let reason = '';
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      reason = error instanceof Error ? `: ${error.message}` : '';
    }
    const givenUp = waiting.givenUp?.();
    if (givenUp !== undefined) throw new LocalProblem(givenUp);
    if (Date.now() > deadline) {
      throw new LocalProblem(`${what} did not happen within ${Math.round(waiting.timeoutMs / 1000)} seconds${reason}.`);
    }
    await delay(waiting.intervalMs ?? 50);
  }
}
