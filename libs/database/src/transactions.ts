import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { gaveWay } from './failure-outlook';

const MOST_ATTEMPTS = 10;

interface Ambient {
  readonly manager: EntityManager;
  readonly afterCommit: (() => void | Promise<void>)[];
  /** Where the work ends with COMMIT: what it left to be answered together with that. */
  readonly closing?: Promise<unknown>[];
  /** Set when joined work failed: its half-done writes must not be committed by a caller that swallowed the error. */
  failure?: unknown;
}

class RolledBackOnPurpose extends Error {}

/** The only way to a transaction: work started inside another's work joins it, however deep the call is. */
@Injectable()
export class Transactions {
  readonly #ambient = new AsyncLocalStorage<Ambient | undefined>();
  readonly #logger = new Logger(Transactions.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in the ambient transaction, or else in a new one that commits when `work` has succeeded. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const ambient = this.#ambient.getStore();
    return ambient === undefined ? this.#begin(work) : this.#join(ambient, work);
  }

  /** As `run`, but begun anew when PostgreSQL has ended it in favour of another; so `work` may run several times. */
  async retrying<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#again(() => this.run(work));
  }

  /** Calls `effect` once the ambient transaction has committed; at once if there is none; never if it rolls back. */
  afterCommit(effect: () => void | Promise<void>): void {
    const ambient = this.#ambient.getStore();
    if (ambient === undefined) {
      void this.#perform([effect]);
    } else {
      ambient.afterCommit.push(effect);
    }
  }

  /**
   * For what a transaction writes last. COMMIT is sent without waiting for the answer to it: should it fail, PostgreSQL rolls
   * back instead, `run` throws, and no effect follows. Elsewhere than in a `run` of its own it is waited for here.
   */
  async last(write: Promise<unknown>): Promise<void> {
    const closing = this.#ambient.getStore()?.closing;
    if (closing === undefined) {
      await write;
    } else {
      // Told by `run`.
      write.catch(() => undefined);
      closing.push(write);
    }
  }

  /**
   * A part of the ambient transaction that may fail without taking the rest with it: its writes are undone to a
   * savepoint, and its effects after commit forgotten. Without an ambient transaction it is the same as `run`.
   */
  async attempt<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const outer = this.#ambient.getStore();
    if (outer === undefined) {
      return this.run(work);
    }
    const inner: Ambient['afterCommit'] = [];
    // On a manager that is in a transaction TypeORM sets a savepoint.
    const value = await outer.manager.transaction((manager) => this.#within({ manager, afterCommit: inner }, work));
    outer.afterCommit.push(...inner);
    return value;
  }

  /** Whether work started now would join another's transaction. */
  get isOpen(): boolean {
    return this.#ambient.getStore() !== undefined;
  }

  /** The ambient transaction's manager, so that reads see its writes; outside of one, the plain manager. */
  get manager(): EntityManager {
    return this.#ambient.getStore()?.manager ?? this.dataSource.manager;
  }

  /** Does everything `work` does, answers what it answered, and leaves no trace of it. Begun anew as `retrying` is. */
  async dryRun<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.#again(() => this.#rehearse(work));
  }

  async #again<T>(transaction: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await transaction();
      } catch (error) {
        // Within another's transaction it is for that one to begin anew.
        if (this.isOpen || attempt === MOST_ATTEMPTS || !gaveWay(error)) throw error;
      }
    }
  }

  async #rehearse<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const outer = this.#ambient.getStore()?.manager ?? this.dataSource.manager;
    let answer: { value: T } | undefined;
    try {
      // Inside a transaction TypeORM makes this a savepoint, so only the rehearsal is undone.
      await outer.transaction(async (manager) => {
        answer = { value: await this.#within({ manager, afterCommit: [] }, work) };
        throw new RolledBackOnPurpose();
      });
    } catch (error) {
      if (!(error instanceof RolledBackOnPurpose) || answer === undefined) {
        throw error;
      }
    }
    return (answer as { value: T }).value;
  }

  async #begin<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const effects: Ambient['afterCommit'] = [];
    const closing: Promise<unknown>[] = [];
    const result = await this.dataSource
      .transaction((manager) => this.#within({ manager, afterCommit: effects, closing }, work))
      .catch(async (error: unknown) => {
        // What failed first says why; whatever was asked after it only heard that the transaction is over.
        await Promise.all(closing);
        throw error;
      });
    await Promise.all(closing);
    // Outside of the ambient transaction, so that an effect that starts one gets its own.
    await this.#ambient.run(undefined, () => this.#perform(effects));
    return result;
  }

  async #within<T>(ambient: Ambient, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const value = await this.#ambient.run(ambient, () => work(ambient.manager));
    if (ambient.failure !== undefined) {
      throw ambient.failure as Error;
    }
    return value;
  }

  async #join<T>(ambient: Ambient, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await work(ambient.manager);
    } catch (error) {
      ambient.failure = error;
      throw error;
    }
  }

  /** What was committed stays committed: an effect that fails is told, not thrown at whoever asked for the commit. */
  async #perform(effects: readonly (() => void | Promise<void>)[]): Promise<void> {
    for (const effect of effects) {
      try {
        await effect();
      } catch (error) {
        this.#logger.error('An effect after commit failed', error instanceof Error ? error.stack : undefined);
      }
    }
  }
}
