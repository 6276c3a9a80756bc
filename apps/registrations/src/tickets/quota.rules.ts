/** What a quota limits: the event as a whole, one ticket category, or one side. */
export type QuotaScope = 'event' | 'category' | 'side';

export const WHOLE_EVENT = 'event';

export interface QuotaState {
  readonly name: string;
  readonly places: number;
  readonly taken: number;
}

/**
 * The quotas of one event while their rows are locked. Draws are all or nothing: a sign-up either gets a place in each
 * of its quotas or in none. Names without a quota are unlimited.
 */
export class QuotaLedger {
  readonly #quotas: Map<string, { places: number; taken: number; before: number }>;

  constructor(quotas: readonly QuotaState[]) {
    this.#quotas = new Map(quotas.map(({ name, places, taken }) => [name, { places, taken, before: taken }]));
  }

  /**
   * Gives back places in `from`, takes one in each of `to`, and leaves alone what is in both.
   * @param pastLimit history is counted, never refused
   * @returns the name of a full quota, and then nothing has changed; null when done
   */
  move(from: readonly string[], to: readonly string[], pastLimit = false): string | null {
    const drawn = to.filter((name) => !from.includes(name));
    const full = drawn.find((name) => this.#isFull(name));
    if (full !== undefined && !pastLimit) return full;
    for (const name of drawn) this.#add(name, 1);
    for (const name of from) if (!to.includes(name)) this.#add(name, -1);
    return null;
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

  #isFull(name: string): boolean {
    const quota = this.#quotas.get(name);
    return quota !== undefined && quota.taken >= quota.places;
  }

  #add(name: string, count: number): void {
    const quota = this.#quotas.get(name);
    if (quota !== undefined) quota.taken += count;
  }
}
