import { type Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type IncomingRecord, type TopicPartition } from '../kafka/kafka.port';
import { type BatchTransaction, type Taken } from './batch-transaction';
import { callRoute } from './call-route';
import { type Positions } from './positions';
import { Presumption } from './presumption';
import { readRecord } from './reading';
import { type Routes } from './routes';

class PresumedWrongly extends Error {}

/**
 * Takes records as `BatchTransaction` does, all or nothing, but calls the handlers without waiting for what the database says
 * of position and cursors: their first statements travel with that question, so a transaction is two exchanges. That all
 * is as presumed is known before it commits; where it is not, nothing has happened, and `careful` takes them.
 */
export class PresumingTransaction {
  /** Partitions whose last batch was not as presumed: a parked key may speak again, and handlers are not called in vain. */
  readonly #unusual = new Set<string>();

  constructor(
    private readonly consumer: string,
    private readonly transactions: Transactions,
    private readonly routes: Routes,
    private readonly positions: Positions,
    private readonly careful: BatchTransaction,
  ) {}

  /** Answers 'elsewhere', and does nothing, if the database does not stand where the caller believes. */
  async take(
    partition: TopicPartition,
    records: readonly IncomingRecord[],
    expected: bigint,
  ): Promise<Taken | 'elsewhere'> {
    const id = `${partition.topic}/${partition.partition}`;
    if (!this.#unusual.has(id)) {
      const taken = await this.#presume(partition, records, expected);
      if (taken !== undefined) return taken;
    }
    const taken = await this.careful.take(partition, records, expected, 'together');
    if (taken !== 'elsewhere' && taken.handled + taken.ignored.length === taken.taken) this.#unusual.delete(id);
    else this.#unusual.add(id);
    return taken;
  }

  async #presume(
    partition: TopicPartition,
    records: readonly IncomingRecord[],
    expected: bigint,
  ): Promise<Taken | undefined> {
    const fresh = records.filter(({ offset }) => offset >= expected);
    const readings = fresh.map((record) => readRecord(record, this.routes));
    const presumption = Presumption.of(readings);
    const last = fresh.at(-1);
    if (presumption === undefined || last === undefined) return undefined;
    const next = last.offset + 1n;
    try {
      await this.transactions.run(async (manager) => {
        // Begun in this order, so PostgreSQL holds the position before it looks at the cursors or at what handlers ask.
        const [presumed, handled] = await Promise.allSettled([
          Promise.all([
            this.positions.moveFrom(manager, partition, expected, next),
            presumption.moveCursors(manager, this.consumer),
          ]),
          this.#handle(presumption, manager),
        ]);
        if (presumed.status === 'rejected') throw presumed.reason;
        // Before what a handler says: if it was given what it should not have been given, that means nothing.
        if (presumed.value.includes(false)) throw new PresumedWrongly();
        if (handled.status === 'rejected') throw handled.reason;
      });
    } catch (error) {
      if (error instanceof PresumedWrongly) return undefined;
      throw error;
    }
    return { next, taken: fresh.length, handled: presumption.handled, ignored: presumption.ignored, parkedFor: [] };
  }

  async #handle({ runs }: Presumption, manager: EntityManager): Promise<void> {
    for (const { route, readings } of runs) {
      const received = readings.map((reading) => reading.received);
      await callRoute(route, received, {
        manager,
        afterCommit: (effect) => {
          this.transactions.afterCommit(effect);
        },
      });
    }
  }
}
