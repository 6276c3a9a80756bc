import { setTimeout as delay } from 'node:timers/promises';
import { type Consumer, type EachBatchPayload, type Kafka } from 'kafkajs';
import { Logger } from '@nestjs/common';
import { Incoming } from './incoming';
import { RETRIES } from './kafka-client';
import { OffsetCommits } from './offset-commits';
import { passes } from './passing-errors';
import {
  type OffsetRange,
  type RecordBatch,
  type Subscription,
  type SubscriptionEvents,
  type TopicPartition,
} from './kafka.port';
import { within } from '../within';
import { topicOffsets } from './topic-offsets';

export interface SubscriptionOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  /** Without prefix, as everywhere outside of this file. */
  readonly topics: readonly string[];
  readonly prefix: string;
}

const HEARTBEAT_MS = 300; // so soon a member hears that another has left, whose partitions rest until then
/** As many as a fetch may bring: those that it brings together can be committed together. */
const PARTITIONS_AT_ONCE = 64;
/**
 * Kafka is asked at most so often while few records come at a time: each answer, and what it takes to commit it, costs more
 * than ten records do. What comes after a pause is not kept waiting.
 */
const REST_MS = 25;
const FEW_RECORDS = 100;
const WAIT_FOR_TOPICS_MS = 500;
const REMIND_EVERY_MS = 10_000;
/** Together with the relay's flush this stays below the ten seconds that a process has to stop in. */
const CLOSE_WITHIN_MS = 3_500;

/** A member of a consumer group, by kafkajs. Each group is one logical consumer; Kafka spreads the partitions. */
export class KafkajsSubscription implements Subscription {
  readonly #logger = new Logger('Kafka');
  readonly #consumer: Consumer;
  readonly #resumptions = new Set<NodeJS.Timeout>();
  #assignment: Promise<void> = Promise.resolve();
  #closing = false;
  #restsUntil = 0;
  readonly #commits = new OffsetCommits(this.#logger);
  #opened: Promise<void> | undefined;

  constructor(
    private readonly options: SubscriptionOptions,
    private readonly events: SubscriptionEvents,
  ) {
    this.#consumer = options.kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: 6_000,
      rebalanceTimeout: 12_000,
      heartbeatInterval: HEARTBEAT_MS,
      // What comes is answered at once; this is how often one asks, and beats, when nothing does. It costs a quiet process
      // half of what it takes, and a stop waits for the answer.
      maxWaitTimeInMs: 1_000,
      maxBytesPerPartition: 1_048_576,
      allowAutoTopicCreation: false,
      retry: { ...RETRIES, restartOnFailure: () => Promise.resolve(!this.#closing) },
    });
    const { GROUP_JOIN, FETCH, CRASH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#assignment = events.assigned(this.#named(payload.memberAssignment));
    });
    this.#consumer.on(FETCH, () => {
      events.alive();
    });
    this.#consumer.on(CRASH, ({ payload }) => {
      events.alive();
      if (payload.restart || this.#closing) return;
      if (passes(payload.error)) {
        this.#opened = this.#open().catch((error: unknown) => {
          events.died(error as Error);
        });
      } else {
        events.died(payload.error);
      }
    });
  }

  async open(): Promise<void> {
    this.#opened = this.#open();
    await this.#opened;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#resumptions.forEach(clearTimeout);
    await within(CLOSE_WITHIN_MS, this.#leave());
  }

  seek({ topic, partition }: TopicPartition, offset: bigint): void {
    this.#ifRunning(() => {
      this.#consumer.seek({ topic: this.options.prefix + topic, partition, offset: String(offset) });
    });
  }

  pause({ topic, partition }: TopicPartition, ms: number): void {
    const paused = [{ topic: this.options.prefix + topic, partitions: [partition] }];
    this.#ifRunning(() => {
      this.#consumer.pause(paused);
    });
    const timer = setTimeout(() => {
      this.#resumptions.delete(timer);
      this.#ifRunning(() => {
        this.#consumer.resume(paused);
      });
    }, ms);
    this.#resumptions.add(timer);
  }

  async offsetRanges(topics: readonly string[]): Promise<Map<string, ReadonlyMap<number, OffsetRange>>> {
    const ranges = new Map<string, ReadonlyMap<number, OffsetRange>>();
    const admin = this.options.kafka.admin();
    try {
      await admin.connect();
      for (const topic of topics) {
        const offsets = await topicOffsets(admin, this.options.prefix + topic);
        const rangeOf = ({ low, high }: (typeof offsets)[number]) => ({ earliest: BigInt(low), end: BigInt(high) });
        ranges.set(topic, new Map(offsets.map((offset) => [offset.partition, rangeOf(offset)])));
      }
      return ranges;
    } finally {
      await admin.disconnect();
    }
  }

  async #leave(): Promise<void> {
    await this.#opened?.catch(() => undefined);
    await this.#commits.now();
    await this.#consumer.disconnect().catch(() => undefined);
    // It asks the database and Kafka where to read on, and must not outlive what it asks.
    await this.#assignment;
  }

  /** Between a crash and the next start kafkajs throws at this. Joining again begins afresh: nothing paused, all sought. */
  #ifRunning(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#logger.debug(error instanceof Error ? error.message : 'The client is not running');
    }
  }

  async #open(): Promise<void> {
    await this.#waitForTopics();
    while (!this.#closing) {
      try {
        await this.#consumer.connect();
        await this.#consumer.subscribe({
          topics: this.options.topics.map((topic) => this.options.prefix + topic),
          fromBeginning: true,
        });
        break;
      } catch {
        await delay(WAIT_FOR_TOPICS_MS);
      }
    }
    if (!this.#closing) {
      await this.#consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
        eachBatch: (payload) => this.#deliver(payload),
      });
    }
  }

  async #waitForTopics(): Promise<void> {
    let saidAt = -Infinity;
    for (;;) {
      const lacking = await this.#lacking();
      this.events.alive();
      if (lacking === null || this.#closing) {
        return;
      }
      if (Date.now() - saidAt > REMIND_EVERY_MS) {
        saidAt = Date.now();
        this.#logger.log(`${this.options.groupId} waits for ${lacking}`);
      }
      await delay(WAIT_FOR_TOPICS_MS);
    }
  }

  async #lacking(): Promise<string | null> {
    const admin = this.options.kafka.admin();
    try {
      await admin.connect();
      const existing = new Set(await admin.listTopics());
      const missing = this.options.topics.filter((topic) => !existing.has(this.options.prefix + topic));
      return missing.length === 0 ? null : `topics ${missing.join(', ')}`;
    } catch (error) {
      return `Kafka (${error instanceof Error ? error.message : 'unknown error'})`;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  async #deliver(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const topic = this.#unprefixed(batch.topic);
    const delivered: RecordBatch = {
      topic,
      partition: batch.partition,
      records: batch.messages.map((message) => new Incoming(topic, batch.partition, message)),
      resolve: (nextOffset) => {
        payload.resolveOffset(String(nextOffset - 1n));
      },
      heartbeat: async () => {
        this.events.alive();
        await payload.heartbeat();
      },
      isOver: () => this.#closing || !payload.isRunning() || payload.isStale(),
    };
    await this.#untilAssigned(() => payload.heartbeat());
    if (delivered.records.length > 0 && !delivered.isOver()) {
      // The first of a fetch; the others come in the same turn of the event loop.
      if (Date.now() >= this.#restsUntil) this.#restsUntil = Date.now() + REST_MS;
      await this.events.batch(delivered);
      this.#commits.after(payload);
      const rest = this.#restsUntil - Date.now();
      if (rest > 0 && delivered.records.length < FEW_RECORDS) await delay(rest);
    }
  }

  /** The group must not think us dead while the database is asked where to read on. */
  async #untilAssigned(heartbeat: () => Promise<void>): Promise<void> {
    const assignment = this.#assignment.then(() => true);
    while (!(await Promise.race([assignment, delay(HEARTBEAT_MS, false)]))) {
      await heartbeat();
    }
  }

  #named(assignment: Readonly<Record<string, number[]>>): TopicPartition[] {
    return Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic: this.#unprefixed(topic), partition })),
    );
  }

  #unprefixed(topic: string): string {
    return topic.slice(this.options.prefix.length);
  }
}
