import { contractOf } from '@expo-accord/contracts';
import { type Transactions } from '@expo-accord/database';
import { describeError } from '@expo-accord/observability';
import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { type DataSource } from 'typeorm';
import {
  type IncomingRecord,
  type RecordBatch,
  type Subscription,
  type SubscriptionEvents,
  type TopicPartition,
} from '../kafka/kafka.port';
import { BatchTransaction, type Taken } from './batch-transaction';
import { Alignment } from './alignment';
import { type ConsumerTelemetry } from './consumer-telemetry';
import { Positions } from './positions';
import { PresumingTransaction } from './presuming-transaction';
import { Redriving } from './redriving';
import { type Routes } from './routes';
import { whileBeating } from './while-beating';

export interface EngineOptions {
  readonly consumer: string;
  readonly dataSource: DataSource;
  readonly transactions: Transactions;
  readonly routes: Routes;
  readonly subscribe: (topics: readonly string[], events: SubscriptionEvents) => Subscription;
  readonly exit: (reason: string) => void;
  readonly telemetry: ConsumerTelemetry;
}

const RECORDS_IN_A_TRANSACTION = 500;
/** To try one by one takes a savepoint for each; what failed is halved until it is no more than this. */
const FEW_RECORDS = 16;
const RETRY_AFTER_MS = [50, 200, 500, 1_000];
const PAUSE_MS = 3_000;
const WATCH_EVERY_MS = 3_000; // an operator waits that long, and every consumer asks that often
const SILENT_FOR_MS = 60_000;

/** Reads one consumer's topics and gives each record its one effect. */
export class ConsumerEngine implements SubscriptionEvents {
  readonly #logger: Logger;
  readonly #subscription: Subscription;
  readonly #transaction: BatchTransaction;
  readonly #presuming: PresumingTransaction;
  readonly #alignment: Alignment;
  readonly #redriving: Redriving;
  readonly #unknownTypes = new Set<string>();
  #joined = false;
  #stopping = false;
  #aliveAt = Date.now();
  #watch: Promise<void> | undefined;
  readonly #stopWatching = new AbortController();

  constructor(private readonly options: EngineOptions) {
    const { consumer, transactions, routes, dataSource } = options;
    this.#logger = new Logger(`Consumer ${consumer}`);
    this.#subscription = options.subscribe(routes.topics, this);
    const positions = new Positions(consumer);
    this.#transaction = new BatchTransaction(consumer, transactions, routes, positions);
    this.#presuming = new PresumingTransaction(consumer, transactions, routes, positions, this.#transaction);
    this.#alignment = new Alignment(dataSource, positions, this.#subscription, this.#logger);
    this.#redriving = new Redriving(consumer, transactions, routes);
    options.telemetry.observeBacklog(dataSource, () => this.#alignment.lag());
  }

  /** Null once it takes part in its group and knows where to read. */
  notReady(): string | null {
    return this.#joined ? null : 'has not joined its group';
  }

  /** Null while there are signs of life; a group member without partitions gives them too. */
  notAlive(): string | null {
    const silentMs = Date.now() - this.#aliveAt;
    return silentMs < SILENT_FOR_MS ? null : `no progress for ${Math.round(silentMs / 1000)} s`;
  }

  async start(): Promise<void> {
    this.#watch = this.#watchForRequests();
    await this.#subscription.open();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#stopWatching.abort();
    await Promise.all([this.#subscription.close(), this.#watch]);
  }

  async assigned(partitions: readonly TopicPartition[]): Promise<void> {
    this.#alignment.clear();
    for (;;) {
      try {
        await this.#alignment.align(partitions);
        this.#joined = true;
        return;
      } catch (error) {
        if (this.#stopping) {
          return;
        }
        this.#logger.warn(`Cannot find out where to read: ${messageOf(error)}`);
        await delay(PAUSE_MS);
      }
    }
  }

  async batch(batch: RecordBatch): Promise<void> {
    let from = 0;
    while (from < batch.records.length && !batch.isOver()) {
      const records = batch.records.slice(from, from + RECORDS_IN_A_TRANSACTION);
      const taken = await this.options.telemetry.observeBatch(batch, records, () => this.#takeOrPause(batch, records));
      if (taken === 'not now') {
        return;
      }
      this.#alignment.move(batch, taken.next);
      batch.resolve(taken.next);
      this.#tell(taken);
      from += taken.taken;
      await batch.heartbeat();
    }
  }

  alive(): void {
    this.#aliveAt = Date.now();
  }

  died(error: Error): void {
    this.options.exit(`Consumer ${this.options.consumer} cannot go on: ${error.message}`);
  }

  /** Tries until it works or time is up; then other partitions get their turn and this one comes back later. */
  async #takeOrPause(batch: RecordBatch, records: readonly IncomingRecord[]): Promise<Taken | 'not now'> {
    for (const retryAfterMs of RETRY_AFTER_MS) {
      try {
        const taken = await whileBeating(batch, () => this.#take(batch, records));
        if (taken !== 'elsewhere') {
          return taken;
        }
        await this.#alignment.align([batch]);
        return 'not now';
      } catch (error) {
        this.options.telemetry.retried('later');
        this.#logger.warn(`${batch.topic}/${batch.partition} will be tried again: ${messageOf(error)}`);
      }
      await delay(retryAfterMs);
      await batch.heartbeat();
      if (batch.isOver()) {
        return 'not now';
      }
    }
    this.options.telemetry.retried('paused');
    this.#subscription.pause(batch, PAUSE_MS);
    return 'not now';
  }

  /** Takes all of them, or as many of the first as lets the failing one be found quickly. */
  async #take(batch: RecordBatch, records: readonly IncomingRecord[]): Promise<Taken | 'elsewhere'> {
    const expected = this.#alignment.next(batch);
    const [first] = records;
    // Below what was sought: the topic was made anew, or this batch was fetched before the last seek.
    if (expected === undefined || first === undefined || first.offset < expected) {
      return 'elsewhere';
    }
    try {
      return await this.#presuming.take(batch, records, expected);
    } catch {
      if (records.length > FEW_RECORDS) {
        this.options.telemetry.retried('half');
        return this.#take(batch, records.slice(0, Math.ceil(records.length / 2)));
      }
      this.options.telemetry.retried('one by one');
      return this.#transaction.take(batch, records, expected, 'one by one');
    }
  }

  /** Resets and redrives are asked for through the database, by whichever process. */
  async #watchForRequests(): Promise<void> {
    const { signal } = this.#stopWatching;
    while (await delay(WATCH_EVERY_MS, true, { signal }).catch(() => false)) {
      try {
        await this.#answerRequests();
      } catch (error) {
        this.#logger.warn(`Looking for resets and redrives failed: ${messageOf(error)}`);
      }
    }
  }

  async #answerRequests(): Promise<void> {
    if (!this.#joined) {
      return;
    }
    await this.#alignment.realignMoved();
    const through = await this.#redriving.perform(() => this.#stopping);
    if (through > 0) {
      this.options.telemetry.redrove(through);
      this.#logger.log(`Redrove ${through} parked messages`);
    }
  }

  #tell({ parkedFor, ignored }: Taken): void {
    if (parkedFor.length > 0) {
      this.#logger.error(`Parked ${parkedFor.length} messages: ${[...new Set(parkedFor)].join(', ')}`);
    }
    for (const type of ignored) {
      if (contractOf(type) === undefined && !this.#unknownTypes.has(type)) {
        this.#unknownTypes.add(type);
        this.#logger.warn(`Skips messages of type ${type}, which this release does not know`);
      }
    }
  }
}

function messageOf(error: unknown): string {
  const { name, message } = describeError(error);
  return `${name}: ${message}`;
}
