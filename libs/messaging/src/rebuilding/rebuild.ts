import { type Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { BatchTransaction, type Manner, type Taken } from '../consuming/batch-transaction';
import { Positions } from '../consuming/positions';
import { Redriving } from '../consuming/redriving';
import { type Routes } from '../consuming/routes';
import {
  type IncomingRecord,
  type RecordBatch,
  type Subscription,
  type SubscriptionEvents,
  type TopicPartition,
} from '../kafka/kafka.port';
import { quoted } from './columns';
import { Handover } from './handover';
import { type ReadModel, RebuildRefused, type Rebuilt } from './read-model';
import { servingPositions, type ServingPosition, switchKeys, switchTable } from './switching';

export interface RebuildOptions {
  readonly consumer: string;
  readonly schema: string;
  readonly model: ReadModel;
  readonly routes: Routes;
  /** Of a session that was confined and has its shadow. */
  readonly transactions: Transactions;
  readonly subscribe: (topics: readonly string[], events: SubscriptionEvents) => Subscription;
}

const RECORDS_IN_A_TRANSACTION = 500;
/** So many offsets are read while the serving consumer waits, and no longer than that. */
const LAST_STRETCH = 5_000;
const LAST_STRETCH_MS = 10_000;
const LOOK_AGAIN_MS = 500;
/** Nothing is taken that the serving consumer has not taken. */
const REST_AT_THE_BOUND_MS = 100;

const idOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** Takes everything that a consumer took into the shadow of its read model, and then lets the shadow step forward. */
export class Rebuild {
  readonly #next = new Map<string, bigint>();
  readonly #from = new Map<string, bigint>();
  #bounds = new Map<string, bigint>();
  readonly #handover = new Handover();
  readonly #positions: Positions;
  readonly #transaction: BatchTransaction;
  readonly #subscription: Subscription;

  constructor(private readonly options: RebuildOptions) {
    const { consumer, transactions, routes } = options;
    this.#positions = new Positions(consumer);
    this.#transaction = new BatchTransaction(consumer, transactions, routes, this.#positions);
    this.#subscription = options.subscribe(routes.topics, {
      assigned: (partitions) => this.#seek(partitions),
      batch: (batch) => this.#handover.bring(batch),
      alive: () => undefined,
      died: (error) => {
        this.#handover.fail(error);
      },
    });
  }

  /** @throws RebuildRefused when there is nothing to rebuild, or too little to rebuild it from. */
  async run(): Promise<Rebuilt> {
    await this.#begin();
    await this.#subscription.open();
    try {
      for (;;) {
        const rebuilt = await this.#switchIfNear();
        if (rebuilt !== undefined) return rebuilt;
        await this.#handover.next(LOOK_AGAIN_MS, (batch) => this.#take(batch));
      }
    } finally {
      this.#handover.end();
      await this.#subscription.close();
    }
  }

  async #begin(): Promise<void> {
    const { consumer, schema, transactions } = this.options;
    const serving = await servingPositions(transactions.manager, schema, consumer, 'look');
    if (serving.length === 0) {
      throw new RebuildRefused(`${consumer} has taken nothing yet.`);
    }
    await this.#beginWith(serving);
  }

  /** Partitions may also be begun while the rebuild goes on. */
  async #beginWith(serving: readonly ServingPosition[]): Promise<void> {
    const begun = serving.filter((position) => !this.#next.has(idOf(position)));
    const ranges = await this.#subscription.offsetRanges([...new Set(begun.map(({ topic }) => topic))]);
    for (const { topic, partition, next } of begun) {
      const { earliest = 0n } = ranges.get(topic)?.get(partition) ?? {};
      if (earliest > 0n && this.options.routes.topic(topic)?.cleanup === 'delete') {
        throw new RebuildRefused(`${topic}/${partition} has lost its beginning: less would come of it than is there.`);
      }
      const from = earliest < next ? earliest : next;
      await this.#harmlessly((manager) => this.#positions.beginOrFind(manager, { topic, partition }, from));
      this.#next.set(idOf({ topic, partition }), from);
      this.#from.set(idOf({ topic, partition }), from);
      this.#subscription.seek({ topic, partition }, from);
    }
  }

  #seek(partitions: readonly TopicPartition[]): Promise<void> {
    for (const partition of partitions) {
      const next = this.#next.get(idOf(partition));
      if (next !== undefined) this.#subscription.seek(partition, next);
    }
    return Promise.resolve();
  }

  async #take(batch: RecordBatch): Promise<void> {
    let next = this.#next.get(idOf(batch));
    const bound = this.#bounds.get(idOf(batch));
    if (next === undefined || bound === undefined || batch.isOver()) {
      this.#subscription.pause(batch, LOOK_AGAIN_MS);
      return;
    }
    const wanted = batch.records.filter(({ offset }) => offset >= (next ?? 0n) && offset < bound);
    for (let at = 0; at < wanted.length; at += RECORDS_IN_A_TRANSACTION) {
      const records = wanted.slice(at, at + RECORDS_IN_A_TRANSACTION);
      ({ next } = await this.#takeInto(batch, records, next));
      this.#next.set(idOf(batch), next);
    }
    if ((batch.records.at(-1)?.offset ?? 0n) >= bound) {
      await this.#reach(batch, bound);
      next = bound;
      this.#subscription.pause(batch, REST_AT_THE_BOUND_MS);
    }
    batch.resolve(next);
  }

  async #takeInto(partition: TopicPartition, records: readonly IncomingRecord[], expected: bigint): Promise<Taken> {
    const take = (manner: Manner) =>
      this.#harmlessly(() => this.#transaction.take(partition, records, expected, manner));
    const taken = await take('together').catch(() => take('one by one'));
    if (taken === 'elsewhere') {
      throw new Error('The database session was lost, and what was rebuilt in it; nothing has been changed');
    }
    return taken;
  }

  /** What lies between the last record and the bound was compacted away. */
  async #reach(partition: TopicPartition, bound: bigint): Promise<void> {
    await this.#harmlessly((manager) => this.#positions.move(manager, partition, bound));
    this.#next.set(idOf(partition), bound);
  }

  /** Also inside of the switch, whose own transaction may write: here only temporary tables can be written. */
  async #harmlessly<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.options.transactions.attempt(async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      return work(manager);
    });
  }

  /** Undefined while there is too much to read yet. */
  async #switchIfNear(): Promise<Rebuilt | undefined> {
    const { consumer, schema, transactions } = this.options;
    const look = await servingPositions(transactions.manager, schema, consumer, 'look');
    await this.#beginWith(look);
    if (this.#distance(look) > LAST_STRETCH) return undefined;
    return transactions.run(async (switching) => {
      await switching.query('SET TRANSACTION READ WRITE');
      const serving = await servingPositions(switching, schema, consumer, 'hold');
      const isKnown = serving.every((position) => this.#next.has(idOf(position)));
      if (!isKnown || this.#distance(serving) > LAST_STRETCH || !(await this.#arrive(serving))) return undefined;
      await this.#redriveWhatFlows();
      const tables = [];
      for (const table of this.options.model.tables) tables.push(await switchTable(switching, schema, table));
      const parked = await switchKeys(switching, schema, consumer);
      const partitions = serving.map(({ topic, partition, next }) => {
        return { topic, partition, from: Number(this.#from.get(idOf({ topic, partition }))), to: Number(next) };
      });
      return { consumer, partitions, tables, parked };
    });
  }

  /** Whether it was in time; if not, the serving consumer is let go for now. */
  async #arrive(serving: readonly ServingPosition[]): Promise<boolean> {
    const deadline = Date.now() + LAST_STRETCH_MS;
    while (this.#distance(serving) > 0) {
      if (Date.now() > deadline) return false;
      await this.#handover.next(LOOK_AGAIN_MS, (batch) => this.#take(batch));
    }
    return true;
  }

  /** How many offsets are left up to there; from now on it is where to stop. */
  #distance(serving: readonly ServingPosition[]): number {
    this.#bounds = new Map(serving.map((position) => [idOf(position), position.next]));
    return serving.reduce((sum, position) => {
      const left = position.next - (this.#next.get(idOf(position)) ?? 0n);
      if (left < 0n) throw new Error(`${this.options.consumer} was moved back meanwhile; nothing has been changed`);
      return sum + Number(left);
    }, 0);
  }

  /**
   * Where the serving consumer flows although the same message parks here, somebody has looked at it and said to go on,
   * over a gap perhaps. What fails again stays parked.
   */
  async #redriveWhatFlows(): Promise<void> {
    const { consumer, schema, transactions, routes } = this.options;
    await this.#harmlessly(async (manager) => {
      await manager.query(
        `UPDATE consumer_cursor SET state = 'redriving' WHERE state = 'parked' AND source IN (
           SELECT source FROM ${quoted(schema)}.consumer_cursor WHERE consumer = $1 AND state = 'flowing')`,
        [consumer],
      );
      await new Redriving(consumer, transactions, routes).perform(() => false);
    });
  }
}
