import { AsyncLocalStorage } from 'node:async_hooks';
import { outlookOf } from './failure-outlook';
import { type Transactions } from './transactions';

export interface GroupCommitOptions<Item, Result> {
  readonly mostTogether: number;
  /** In all lanes together. */
  readonly mostWaiting: number;
  /** What the next one is told when so many wait; nothing of it is kept. */
  readonly whenFull: () => Error;
  /** For callers who have more to ask as soon as they are answered. */
  readonly waitsForThoseAnswered?: boolean;
  /**
   * Commits the whole group, or throws and leaves no trace of it. Answers for each item, in their order: its result, or the
   * error that only this one's caller is told.
   */
  readonly commit: (group: readonly Item[]) => Promise<readonly (Result | Error)[]>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane<Item, Result> {
  readonly queue: Waiting<Item, Result>[];
  /** Told of each that comes while more are waited for. */
  whenCome?: () => void;
}

/** So long the first of them is waited for, then each next one, but in all not longer than that. */
const FIRST_WITHIN_MS = 10;
const NEXT_WITHIN_MS = 5;
const LONGEST_GATHERING_MS = 30;
/** A transaction of so many costs each of them next to nothing: more are not waited for. */
const ENOUGH = 64;

/**
 * Lets what comes at the same time share a transaction: those that come while one commits go together into the next. One
 * that comes alone waits for nobody, each has its own answer, and one that the database refuses spoils no other.
 *
 * Those who were answered together tend to come again together, a little later. Where they are waited for, groups are fewer and
 * larger than begun with the first of them; each costs the database, the relay and every consumer as much as a large one.
 */
export class GroupCommit<Item, Result> {
  /** There while a transaction of the lane is under way, or more are waited for. */
  readonly #lanes = new Map<string, Lane<Item, Result>>();
  /** A group belongs to no request: what is said in it has to name its cause, and is logged for none of them. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #waiting = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly options: GroupCommitOptions<Item, Result>,
  ) {}

  /**
   * @param lane what would wait for the same locks anyway, such as an event's id
   * @throws what `commit` answered or threw for this item, or `whenFull`
   */
  async add(lane: string, item: Item): Promise<Result> {
    // It has to commit with what is open already, and with nothing else.
    if (this.transactions.isOpen) return resultOf((await this.options.commit([item]))[0] as Result | Error);
    if (this.#waiting >= this.options.mostWaiting) throw this.options.whenFull();
    return new Promise((resolve, reject) => {
      this.#waiting += 1;
      const one = { item, resolve, reject };
      const open = this.#lanes.get(lane);
      if (open === undefined) void this.#outside(() => this.#serve(lane, one));
      else {
        open.queue.push(one);
        open.whenCome?.();
      }
    });
  }

  async #serve(name: string, first: Waiting<Item, Result>): Promise<void> {
    const lane: Lane<Item, Result> = { queue: [first] };
    const { queue } = lane;
    this.#lanes.set(name, lane);
    // Whatever the same turn of the event loop brings besides.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const group = queue.splice(0, this.options.mostTogether);
      await this.#settle(group);
      this.#waiting -= group.length;
      if (this.options.waitsForThoseAnswered === true && group.length > 1) {
        await gather(lane, Math.min(group.length + queue.length, ENOUGH));
      }
    }
    this.#lanes.delete(name);
  }

  /** Where a group fails, its halves are tried: a single bad one among 250 costs 16 transactions, and not 250. */
  async #settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.options.commit(group.map(({ item }) => item));
      for (const [at, { resolve, reject }] of group.entries()) {
        const result = results[at] as Result | Error;
        if (result instanceof Error) reject(result);
        else resolve(result);
      }
    } catch (error) {
      // Of a connection that broke nobody knows what was committed: only the callers can tell whether to send again.
      if (group.length === 1 || outlookOf(error) === 'passes') {
        for (const { reject } of group) reject(error);
        return;
      }
      const middle = Math.ceil(group.length / 2);
      await this.#settle(group.slice(0, middle));
      await this.#settle(group.slice(middle));
    }
  }
}

/** Until as many wait as `expected`, or no more come. */
async function gather<Item, Result>(lane: Lane<Item, Result>, expected: number): Promise<void> {
  const { queue } = lane;
  const until = Date.now() + LONGEST_GATHERING_MS;
  let before = -1;
  let patienceMs = FIRST_WITHIN_MS;
  while (queue.length < expected && queue.length > before && Date.now() < until) {
    before = queue.length;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      lane.whenCome = () => {
        if (queue.length < expected) return;
        clearTimeout(timer);
        resolve();
      };
    });
    patienceMs = NEXT_WITHIN_MS;
  }
  delete lane.whenCome;
}

function resultOf<Result>(result: Result | Error): Result {
  if (result instanceof Error) throw result;
  return result;
}
