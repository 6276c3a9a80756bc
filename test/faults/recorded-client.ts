import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Finding } from './history';
import { type SeededRandom } from '../support/seeded-random';

export type Json = Record<string, unknown>;

const pauseMs = 150;
const shortestPatienceMs = 800;
const longestPatienceMs = 6_000;
/** A request that is not answered for so long, with nobody killing anything any more, will not be. */
const hopelessAfterMs = 90_000;
const impatience = 0.06;

/**
 * A client of both gateways. Sends a request until it is answered, now to one and now to the other, always under the
 * same Idempotency-Key, and soon after the last try: the first may still be at work in the other's service. Now and
 * then it gives up after the first try, and then nobody knows.
 */
export class RecordedClient {
  readonly counts = { requests: 0, tries: 0, unanswered: 0 };
  readonly refusals: Finding[] = [];
  /** Not while what everything else needs is prepared. */
  mayGiveUp = false;

  constructor(
    private readonly urls: readonly string[],
    private readonly apiKey: string,
    /** Aborted when nobody waits for answers any more. */
    private readonly abandoned: AbortSignal,
  ) {}

  /** @returns null where no answer came, or a no */
  async post(random: SeededRandom, path: string, body: Json | string = {}): Promise<Json | null> {
    const mayGiveUp = this.mayGiveUp && random.chance(impatience);
    const key = randomUUID();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'application/x-ndjson' : 'application/json';
    const deadline = Date.now() + hopelessAfterMs;
    this.counts.requests += 1;
    for (let attempt = 0; ; attempt += 1) {
      const url = `${this.urls[(attempt + random.between(0, 1)) % this.urls.length] ?? ''}/v1/${path}`;
      const patienceMs = random.between(shortestPatienceMs, longestPatienceMs);
      const answer = await this.#try(url, { key, text, type, patienceMs });
      if (answer !== null) return answer.isYes ? answer.body : this.#refused(path, answer.body);
      if (this.abandoned.aborted) return null;
      if (mayGiveUp || Date.now() > deadline) break;
      await delay(pauseMs);
    }
    this.counts.unanswered += 1;
    if (!mayGiveUp) {
      this.refusals.push({
        kind: 'stuck',
        about: path,
        detail: `was not answered within ${hopelessAfterMs / 1_000} s`,
      });
    }
    return null;
  }

  async get(path: string): Promise<Json> {
    const headers = { authorization: `Bearer ${this.apiKey}` };
    const response = await fetch(`${this.urls[0] ?? ''}/v1/${path}`, { headers });
    return (await response.json()) as Json;
  }

  async #try(
    url: string,
    { key, text, type, patienceMs }: { key: string; text: string; type: string; patienceMs: number },
  ): Promise<{ isYes: boolean; body: Json } | null> {
    this.counts.tries += 1;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.apiKey}`, 'content-type': type, 'idempotency-key': key },
        body: text,
        signal: AbortSignal.any([AbortSignal.timeout(patienceMs), this.abandoned]),
      });
      const body = (await response.json()) as Json;
      // What is not known yet, because its message is under way, is asked for again.
      const isNotYet = response.status >= 500 || (response.status === 404 && response.headers.has('retry-after'));
      return isNotYet ? null : { isYes: response.ok, body };
    } catch {
      return null;
    }
  }

  /** Nothing here asks for what may be refused; a request that was taken twice, say, would be. */
  #refused(path: string, { code, detail }: Json): null {
    this.refusals.push({ kind: 'refusal', about: path, detail: `${String(code)}: ${String(detail)}` });
    return null;
  }
}
