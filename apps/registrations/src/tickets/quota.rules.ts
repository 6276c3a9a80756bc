/** What a quota limits: the event as a whole, one ticket category, one side, or one session of the programme. */
export type QuotaScope = 'event' | 'category' | 'side' | 'session';

export const WHOLE_EVENT = 'event';

export interface QuotaState {
  readonly name: string;
  readonly places: number;
  readonly taken: number;
}

interface Held {
  readonly places: number;
  taken: number;
  before: number;
  heldBack: number;
}

/**
 * The quotas of one event while their rows are locked. Draws are all or nothing: a sign-up either gets a place in each
 * of its quotas or in none. Names without a quota are unlimited.
 */
export class QuotaLedger {
  readonly #quotas: Map<string, Held>;

  /** @param isQueued whether somebody waits: then a place that is given back is not for whoever comes next */
  constructor(
    quotas: readonly QuotaState[],
    private readonly isQueued = false,
  ) {
    this.#quotas = new Map(
      quotas.map(({ name, places, taken }) => [name, { places, taken, before: taken, heldBack: 0 }]),
    );
  }

  /**
   * Gives back places in `from`, takes one in each of `to`, and leaves alone what is in both.
   * @param pastLimit history is counted, never refused
   * @returns the name of a full quota, and then nothing has changed; null when done
   */
  move(from: readonly string[], to: readonly string[], pastLimit = false): string | null {
    const full = this.draw([to.filter((name) => !from.includes(name))], pastLimit);
    if (full !== null) return full;
    for (const name of from) if (!to.includes(name)) this.#giveBack(name);
    return null;
  }

  /**
   * Takes the places of several, each in quotas of its own: those of all of them, or none.
   * @returns the name of a quota that has too few, and then nothing has changed; null when done
   */
  draw(draws: readonly (readonly string[])[], pastLimit = false): string | null {
    const counts = new Map<string, number>();
    for (const name of draws.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const full = [...counts].find(([name, count]) => this.#free(name) < count);
    if (full !== undefined && !pastLimit) return full[0];
    for (const [name, count] of counts) {
      const quota = this.#quotas.get(name);
      if (quota !== undefined) quota.taken += count;
    }
    return null;
  }

  /** Quotas in which not a single place is left. */
  full(): string[] {
    return [...this.#quotas.keys()].filter((name) => this.#free(name) <= 0);
  }

  /** Quotas of these names that exist, in the order given. */
  known(names: readonly string[]): string[] {
    return names.filter((name) => this.#quotas.has(name));
  }

  /** Counts places as taken already, without this being a change: what a rehearsal has given away so far. */
  anticipate(draws: Readonly<Record<string, number>>): void {
    for (const [name, count] of Object.entries(draws)) {
      const quota = this.#quotas.get(name);
      if (quota === undefined) continue;
      quota.taken += count;
      quota.before += count;
    }
  }

  /** By how much `taken` has changed, where it has. */
  changes(): { name: string; delta: number }[] {
    return [...this.#quotas]
      .map(([name, { taken, before }]) => ({ name, delta: taken - before }))
      .filter(({ delta }) => delta !== 0);
  }

  #free(name: string): number {
    const quota = this.#quotas.get(name);
    return quota === undefined ? Infinity : quota.places - quota.taken - quota.heldBack;
  }

  #giveBack(name: string): void {
    const quota = this.#quotas.get(name);
    if (quota === undefined) return;
    quota.taken -= 1;
    if (this.isQueued) quota.heldBack += 1;
  }
}
