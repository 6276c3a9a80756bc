import { AsyncLocalStorage } from 'node:async_hooks';
import { outlookOf } from './failure-outlook';
import { type Transactions } from './transactions';

export interface GroupCommitOptions<Item, Result> {
  readonly mostTogether: number;
  /** In all lanes together. */
  readonly mostWaiting: number;
  /** What the next one is told when so many wait; nothing of it is kept. */
  readonly whenFull: () => Error;
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

/**
 * Lets what comes at the same time share a transaction: those that come while one commits go together into the next. One
 * that comes alone waits for nobody, each has its own answer, and one that the database refuses spoils no other.
 */
export class GroupCommit<Item, Result> {
  /** There while a transaction of the lane is under way. */
  readonly #lanes = new Map<string, Waiting<Item, Result>[]>();
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
      const queue = this.#lanes.get(lane);
      if (queue === undefined) void this.#outside(() => this.#serve(lane, one));
      else queue.push(one);
    });
  }

  async #serve(lane: string, first: Waiting<Item, Result>): Promise<void> {
    const queue = [first];
    this.#lanes.set(lane, queue);
    // Whatever the same turn of the event loop brings besides.
    await new Promise(setImmediate);
    while (queue.length > 0) {
      const group = queue.splice(0, this.options.mostTogether);
      await this.#settle(group);
      this.#waiting -= group.length;
    }
    this.#lanes.delete(lane);
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

function resultOf<Result>(result: Result | Error): Result {
  if (result instanceof Error) throw result;
  return result;
}
