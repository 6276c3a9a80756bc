import { GroupCommit, type Transactions } from '@expo-accord/database';
import { currentContext, type RequestContext, runInContext } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { type IncomingRecord, type TopicPartition } from '../kafka/kafka.port';
import { type BatchTransaction, type Taken } from './batch-transaction';
import { callRoute } from './call-route';
import { type PositionMove, type Positions } from './positions';
import { moveCursors, Presumption, type Run } from './presumption';
import { readRecord } from './reading';
import { type Routes } from './routes';

class PresumedWrongly extends Error {}

/** Records of one partition, as they came. */
interface Brought {
  readonly partition: TopicPartition;
  readonly expected: bigint;
  readonly records: readonly IncomingRecord[];
  /** Of the batch's span, if it has one. */
  readonly context: RequestContext | undefined;
}

/** What would come of them if all is in order. */
interface Presumed extends PositionMove, Pick<Brought, 'context'> {
  readonly presumption: Presumption;
  readonly taken: Taken;
}

interface RunInContext extends Run, Pick<Presumed, 'context'> {}

/** Few records of several partitions share a transaction, as that costs more than they do. */
const FEW_RECORDS = 100;
const LANES_OF_MANY = 2;

/**
 * Takes records as `BatchTransaction` does, all or nothing, but calls the handlers without waiting for what the database says
 * of position and cursors: their first statements travel with that question, so a transaction is two exchanges. That all
 * is as presumed is known before it commits; where it is not, nothing has happened, and `careful` takes them.
 */
export class PresumingTransaction {
  /** Partitions whose last batch was not as presumed: a parked key may speak again, and handlers are not called in vain. */
  readonly #unusual = new Set<string>();
  readonly #few: GroupCommit<Presumed, undefined>;
  readonly #many: GroupCommit<Brought, Taken | undefined>;

  constructor(
    private readonly consumer: string,
    private readonly transactions: Transactions,
    private readonly routes: Routes,
    private readonly positions: Positions,
    private readonly careful: BatchTransaction,
  ) {
    // Kafka's client delivers no more than a batch of each partition.
    const endless = { mostWaiting: Infinity, whenFull: () => new Error('Too many partitions') };
    this.#few = new GroupCommit(transactions, {
      ...endless,
      mostTogether: Infinity,
      commit: (group) => this.#commit(group),
    });
    this.#many = new GroupCommit(transactions, {
      ...endless,
      mostTogether: 1,
      commit: (group) => Promise.all(group.map((brought) => this.#readAndCommit(brought))),
    });
  }

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
    const brought = { partition, expected, records: fresh, context: currentContext() };
    try {
      if (fresh.length > FEW_RECORDS) {
        return await this.#many.add(String(partition.partition % LANES_OF_MANY), brought);
      }
      const presumed = this.#read(brought);
      if (presumed !== undefined) await this.#few.add('', presumed);
      return presumed?.taken;
    } catch (error) {
      if (error instanceof PresumedWrongly) return undefined;
      throw error;
    }
  }

  #read({ partition, expected, records, context }: Brought): Presumed | undefined {
    const presumption = Presumption.of(records.map((record) => readRecord(record, this.routes)));
    const last = records.at(-1);
    if (presumption === undefined || last === undefined) return undefined;
    const next = last.offset + 1n;
    const { handled, ignored } = presumption;
    const taken = { next, taken: records.length, handled, ignored, parkedFor: [] };
    return { partition, expected, next, presumption, taken, context };
  }

  /** Many are read when it is their turn: what has been made of them would outlive collection after collection. */
  async #readAndCommit(brought: Brought): Promise<Taken | undefined> {
    const presumed = this.#read(brought);
    if (presumed !== undefined) await this.#commit([presumed]);
    return presumed?.taken;
  }

  async #commit(group: readonly Presumed[]): Promise<undefined[]> {
    const presumptions = group.map(({ presumption }) => presumption);
    await this.transactions.run(async (manager) => {
      // Begun in this order, so PostgreSQL holds the positions before it looks at the cursors or at what handlers ask.
      const [presumed, handled] = await Promise.allSettled([
        Promise.all([this.positions.moveFrom(manager, group), moveCursors(manager, this.consumer, presumptions)]),
        this.#handle(runsOf(group), manager),
      ]);
      if (presumed.status === 'rejected') throw presumed.reason;
      // Before what a handler says: if it was given what it should not have been given, that means nothing.
      if (presumed.value.includes(false)) throw new PresumedWrongly();
      if (handled.status === 'rejected') throw handled.reason;
    });
    return group.map(() => undefined);
  }

  async #handle(runs: readonly RunInContext[], manager: EntityManager): Promise<void> {
    for (const { route, readings, context } of runs) {
      const received = readings.map((reading) => reading.received);
      const call = (): Promise<void> =>
        callRoute(route, received, {
          manager,
          afterCommit: (effect) => {
            this.transactions.afterCommit(effect);
          },
        });
      await (context === undefined ? call() : runInContext(context, call));
    }
  }
}

/** Between partitions there is no order: what one route takes together it is given together. */
function runsOf(group: readonly Presumed[]): RunInContext[] {
  const runs: RunInContext[] = [];
  for (const { presumption, context } of group) {
    for (const { route, readings } of presumption.runs) {
      const last = runs.at(-1);
      if (route.kind === 'batch' && last?.route.method === route.method) last.readings.push(...readings);
      else runs.push({ route, readings: [...readings], context });
    }
  }
  return runs;
}
