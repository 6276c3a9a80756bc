import { type Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type IncomingRecord, type TopicPartition } from '../kafka/kafka.port';
import { callRoute } from './call-route';
import { isPermanent } from './failures';
import { Keys } from './keys';
import { Parking } from './parking';
import { type Positions } from './positions';
import { readRecord, type Reading } from './reading';
import { type Route, type Routes } from './routes';
import { verdictOn } from './verdict';

export interface Taken {
  readonly next: bigint;
  /** Records, whatever became of them. */
  readonly taken: number;
  readonly handled: number;
  /** Types that nobody here takes. */
  readonly ignored: readonly string[];
  readonly parkedFor: readonly string[];
}

/**
 * `together`: the quick way, all or nothing, with neighbours handed over as a batch.
 * `one by one`: after that failed for a few, to find out which message it is; a permanent failure parks its key.
 */
export type Manner = 'together' | 'one by one';

/** Takes records of one partition, and moves cursors and position, in one transaction. */
export class BatchTransaction {
  constructor(
    private readonly consumer: string,
    private readonly transactions: Transactions,
    private readonly routes: Routes,
    private readonly positions: Positions,
  ) {}

  /** Answers 'elsewhere', and does nothing, if the database does not stand where the caller believes. */
  async take(
    partition: TopicPartition,
    records: readonly IncomingRecord[],
    expected: bigint,
    manner: Manner,
  ): Promise<Taken | 'elsewhere'> {
    const fresh = records.filter(({ offset }) => offset >= expected);
    const readings = fresh.map((record) => readRecord(record, this.routes));
    const sources = [...new Set(readings.map(({ source }) => source))];
    return this.transactions.run(async (manager) => {
      // The row lock keeps a second instance out that still believes the partition to be its own. PostgreSQL looks up the
      // cursors once it has the lock, though it is asked for both together.
      const [{ next: stored, dropped }, keys] = await Promise.all([
        this.positions.lockWithDropped(manager, partition, expected),
        Keys.load(manager, this.consumer, sources),
      ]);
      if (stored !== expected) {
        return 'elsewhere';
      }
      const next = (fresh.at(-1)?.offset ?? expected - 1n) + 1n;
      const work = new Work(this.consumer, this.transactions, manager, manner);
      await work.take(readings, keys, dropped);
      await work.save(keys, partition, next);
      return { next, taken: fresh.length, ...work.summary };
    });
  }
}

type Handled = Extract<Reading, { kind: 'message' | 'tombstone' }>;

/** The inside of one such transaction. */
class Work {
  readonly #parking: Parking;
  readonly #ignored: string[] = [];
  #handled = 0;
  #run: { route: Route; readings: Handled[] } | undefined;

  constructor(
    consumer: string,
    private readonly transactions: Transactions,
    private readonly manager: EntityManager,
    private readonly manner: Manner,
  ) {
    this.#parking = new Parking(manager, consumer);
  }

  get summary(): Omit<Taken, 'next' | 'taken'> {
    return { handled: this.#handled, ignored: this.#ignored, parkedFor: this.#parking.reasons };
  }

  async take(readings: readonly Reading[], keys: Keys, dropped: ReadonlySet<string>): Promise<void> {
    for (const reading of readings) {
      await this.#takeOne(reading, keys, dropped.has(String(reading.record.offset)));
    }
    await this.#flush();
  }

  async save(keys: Keys, partition: TopicPartition, next: bigint): Promise<void> {
    await this.#parking.save();
    await this.transactions.last(keys.save(partition, next));
  }

  async #takeOne(reading: Reading, keys: Keys, dropped: boolean): Promise<void> {
    const progress = keys.get(reading.source);
    const verdict = verdictOn(reading, progress, dropped);
    if (verdict.do === 'park') {
      this.#parking.add(reading, verdict.reason, verdict.detail);
      keys.park(reading.source);
    } else if (verdict.do === 'pass' && reading.place !== null) {
      if (reading.kind === 'ignored') {
        this.#ignored.push(reading.type);
      }
      keys.advance(reading.source, reading.place);
    } else if (verdict.do === 'handle' && (reading.kind === 'message' || reading.kind === 'tombstone')) {
      if (progress !== undefined && progress.state !== 'flowing') {
        await this.#parking.forget(reading.source);
      }
      if (reading.kind === 'tombstone') {
        for (const source of this.#parking.end(reading.record)) keys.forget(source);
      }
      await this.#handle(reading, keys);
    }
  }

  async #handle(reading: Handled, keys: Keys): Promise<void> {
    const { route } = reading;
    if (route === undefined) {
      keys.advance(reading.source, reading.place);
    } else if (this.manner === 'one by one') {
      await this.#tryAlone(reading, route, keys);
    } else {
      if (this.#run?.route.method !== route.method) {
        await this.#flush();
      }
      this.#run ??= { route, readings: [] };
      this.#run.readings.push(reading);
      keys.advance(reading.source, reading.place);
    }
  }

  async #tryAlone(reading: Handled, route: Route, keys: Keys): Promise<void> {
    try {
      await this.transactions.attempt((manager) => this.#call(route, [reading], manager));
      keys.advance(reading.source, reading.place);
    } catch (error) {
      if (!isPermanent(error)) {
        throw error;
      }
      this.#parking.addFailed(reading, error);
      keys.park(reading.source);
    }
  }

  async #flush(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    if (run !== undefined) {
      await this.#call(run.route, run.readings, this.manager);
    }
  }

  async #call(route: Route, readings: readonly Handled[], manager: EntityManager): Promise<void> {
    const received = readings.map((reading) => reading.received);
    await callRoute(route, received, {
      manager,
      afterCommit: (effect) => {
        this.transactions.afterCommit(effect);
      },
    });
    this.#handled += readings.length;
  }
}
