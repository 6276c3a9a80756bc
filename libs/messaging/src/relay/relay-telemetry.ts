import { type Counter, type Histogram, type ObservableGauge } from '@opentelemetry/api';
import { type Observed, type Telemetry } from '@expo-accord/observability';
import { type DataSource } from 'typeorm';
import { type OutgoingRecord } from '../kafka/kafka.port';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const messages = [1, 2, 5, 10, 20, 50, 100, 200, 500];

export type SendOutcome = 'acknowledged' | 'uncertain' | 'not sent';

/** What can be seen of a relay from outside: a span for each send, what it sent, and what it has still to send. */
export class RelayTelemetry {
  readonly #sent: Counter;
  readonly #failures: Counter;
  readonly #batch: Histogram;
  readonly #duration: Histogram;

  constructor(private readonly telemetry: Telemetry) {
    const { meter } = telemetry;
    this.#sent = meter.createCounter('expo_accord_relay_messages_total', {
      description: 'Messages that Kafka has acknowledged',
    });
    this.#failures = meter.createCounter('expo_accord_relay_failures_total', {
      description: 'Sends that failed, and are made again',
    });
    this.#batch = meter.createHistogram('expo_accord_relay_batch_messages', {
      description: 'Messages in one send',
      advice: { explicitBucketBoundaries: messages },
    });
    this.#duration = meter.createHistogram('expo_accord_relay_send_duration_seconds', {
      description: 'Time from the beginning of a send to its acknowledgement',
      advice: { explicitBucketBoundaries: seconds },
    });
  }

  /** The outbox is asked at each scrape, by every process of a service alike: take the maximum over them. */
  observeOutbox(dataSource: DataSource, isSending: () => boolean): void {
    const { meter } = this.telemetry;
    const gauges = {
      depth: meter.createObservableGauge('expo_accord_outbox_messages', {
        description: 'Messages in the outbox, not yet acknowledged by Kafka',
      }),
      age: meter.createObservableGauge('expo_accord_outbox_oldest_age_seconds', {
        description: 'Age of the oldest message in the outbox; 0 when it is empty',
      }),
      owner: meter.createObservableGauge('expo_accord_relay_sending', {
        description: 'Whether this process sends; of all processes of a service one does',
      }),
    };
    this.telemetry.observe([gauges.depth, gauges.age], () => askOutbox(dataSource, gauges));
    gauges.owner.addCallback((result) => {
      result.observe(isSending() ? 1 : 0);
    });
  }

  /** Never throws what was not thrown by `send`. */
  async observeSend(records: readonly OutgoingRecord[], send: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const span = this.telemetry.tracing.beginBatch(
      {
        name: 'send outbox',
        kind: 'producer',
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.type': 'send',
          'messaging.batch.message_count': records.length,
        },
      },
      () => records.map(({ headers }) => headers.traceparent),
    );
    const startedAt = performance.now();
    const outcome = await send();
    span?.end(outcome === 'acknowledged' ? undefined : outcome);
    if (outcome === 'acknowledged') {
      this.#duration.record((performance.now() - startedAt) / 1_000);
      this.#batch.record(records.length);
      this.#count(records);
    } else {
      this.#failures.add(1, { outcome });
    }
    return outcome;
  }

  #count(records: readonly OutgoingRecord[]): void {
    if (!this.telemetry.isMeasuring) {
      return;
    }
    const counts = new Map<string, number>();
    for (const { topic } of records) {
      counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    counts.forEach((count, topic) => {
      this.#sent.add(count, { topic });
    });
  }
}

async function askOutbox(
  dataSource: DataSource,
  gauges: { depth: ObservableGauge; age: ObservableGauge },
): Promise<Observed[]> {
  const [row] = await dataSource.query<{ depth: number; age: number }[]>(
    `SELECT count(*)::int AS depth, coalesce(greatest(extract(epoch FROM now() - min(created_at)), 0), 0)::float8 AS age
     FROM outbox`,
  );
  return [
    { gauge: gauges.depth, value: row?.depth ?? 0 },
    { gauge: gauges.age, value: row?.age ?? 0 },
  ];
}
