import { type Counter, type Histogram } from '@opentelemetry/api';
import { newId } from '@expo-accord/database';
import { type Observed, runInContext, type Telemetry } from '@expo-accord/observability';
import { type DataSource } from 'typeorm';
import { type IncomingRecord, type TopicPartition } from '../kafka/kafka.port';
import { type Taken } from './batch-transaction';
import { type Route } from './routes';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const messages = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/**
 * How a batch was tried again: its first `half`, or `one by one`, to find out which message fails; `later`, the same
 * after a moment; or `paused`, after other partitions have had their turn.
 */
export type Retry = 'half' | 'one by one' | 'later' | 'paused';

/** What can be seen of one consumer from outside: a span for each batch, what became of it, and what waits. */
export class ConsumerTelemetry {
  readonly #taken: Counter;
  readonly #retries: Counter;
  readonly #redriven: Counter;
  readonly #batch: Histogram;
  readonly #batchDuration: Histogram;
  readonly #handlerDuration: Histogram;

  constructor(
    private readonly consumer: string,
    private readonly telemetry: Telemetry,
  ) {
    const { meter } = telemetry;
    const histogram = (name: string, description: string, boundaries: number[]): Histogram =>
      meter.createHistogram(name, { description, advice: { explicitBucketBoundaries: boundaries } });
    this.#taken = meter.createCounter('expo_accord_consumer_messages_total', {
      description: 'Messages by what became of them: handled, ignored (a type nobody here takes), parked, passed over',
    });
    this.#retries = meter.createCounter('expo_accord_consumer_retries_total', {
      description: 'Batches that were tried again, and how',
    });
    this.#redriven = meter.createCounter('expo_accord_consumer_redriven_messages_total', {
      description: 'Parked messages that went through when they were tried again',
    });
    this.#batch = histogram('expo_accord_consumer_batch_messages', 'Messages in one transaction', messages);
    this.#batchDuration = histogram(
      'expo_accord_consumer_batch_duration_seconds',
      'Time from taking up a batch to its commit, attempts that failed included',
      seconds,
    );
    this.#handlerDuration = histogram(
      'expo_accord_consumer_handler_duration_seconds',
      'Time in one call of a handler, for one message or for several together',
      seconds,
    );
  }

  /** The route itself, if nobody measures. */
  timed(route: Route): Route {
    if (!this.telemetry.isMeasuring) {
      return route;
    }
    const labels = { consumer: this.consumer, handler: route.method.description ?? '' };
    return {
      ...route,
      call: async (payload, context) => {
        const startedAt = performance.now();
        try {
          await route.call(payload, context);
        } finally {
          this.#handlerDuration.record((performance.now() - startedAt) / 1_000, labels);
        }
      },
    };
  }

  async observeBatch(
    { topic, partition }: TopicPartition,
    records: readonly IncomingRecord[],
    take: () => Promise<Taken | 'not now'>,
  ): Promise<Taken | 'not now'> {
    const span = this.telemetry.tracing.beginBatch(
      {
        name: `process ${topic}`,
        kind: 'consumer',
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.type': 'process',
          'messaging.destination.name': topic,
          'messaging.destination.partition.id': String(partition),
          'messaging.consumer.group.name': this.consumer,
          'messaging.batch.message_count': records.length,
        },
      },
      () => records.map(traceparentOf),
    );
    const startedAt = performance.now();
    const taken =
      span === undefined
        ? await take()
        : await runInContext({ requestId: newId(), traceparent: span.traceparent }, take);
    if (taken === 'not now') {
      span?.end(taken);
      return taken;
    }
    span?.set({ 'expo_accord.parked_messages': taken.parkedFor.length });
    span?.end(taken.parkedFor.length > 0 ? 'parked' : undefined);
    this.#count(topic, taken, startedAt);
    return taken;
  }

  retried(how: Retry): void {
    this.#retries.add(1, { consumer: this.consumer, how });
  }

  redrove(count: number): void {
    this.#redriven.add(count, { consumer: this.consumer });
  }

  /** Asked at each scrape. The lag is of the partitions that this process reads, so it adds up over the processes. */
  observeBacklog(dataSource: DataSource, lag: () => Promise<(TopicPartition & { lag: number })[]>): void {
    const { consumer, telemetry } = this;
    const behind = telemetry.meter.createObservableGauge('expo_accord_consumer_lag_messages', {
      description: 'Messages on the partition that have not taken effect yet',
    });
    const keys = telemetry.meter.createObservableGauge('expo_accord_consumer_parked_keys', {
      description: 'Aggregates whose messages wait because one of them failed for good',
    });
    const parked = telemetry.meter.createObservableGauge('expo_accord_consumer_parked_messages', {
      description: 'Messages that wait behind a failed one, that one included',
    });
    telemetry.observe([behind], async () =>
      (await lag()).map(({ topic, partition, lag: value }) => ({
        gauge: behind,
        value,
        labels: { consumer, topic, partition },
      })),
    );
    telemetry.observe([keys, parked], async () => {
      const [waiting] = await dataSource.query<{ keys: number; messages: number }[]>(
        `SELECT (SELECT count(*)::int FROM consumer_cursor WHERE consumer = $1 AND state <> 'flowing') AS keys,
           (SELECT count(*)::int FROM parked_message WHERE consumer = $1) AS messages`,
        [consumer],
      );
      const observed: Observed[] = [
        { gauge: keys, value: waiting?.keys ?? 0, labels: { consumer } },
        { gauge: parked, value: waiting?.messages ?? 0, labels: { consumer } },
      ];
      return observed;
    });
  }

  #count(topic: string, { taken: size, handled, ignored, parkedFor }: Taken, startedAt: number): void {
    const { consumer } = this;
    this.#batch.record(size, { consumer });
    this.#batchDuration.record((performance.now() - startedAt) / 1_000, { consumer });
    const counts = {
      handled,
      ignored: ignored.length,
      parked: parkedFor.length,
      passed: size - handled - ignored.length - parkedFor.length,
    };
    for (const [outcome, count] of Object.entries(counts)) {
      if (count > 0) {
        this.#taken.add(count, { consumer, topic, outcome });
      }
    }
  }
}

function traceparentOf({ headers: { traceparent } }: IncomingRecord): string | undefined {
  const single = Array.isArray(traceparent) ? traceparent[0] : traceparent;
  return single?.toString();
}
