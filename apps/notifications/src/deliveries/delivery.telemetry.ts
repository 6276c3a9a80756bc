import { type Counter, type Histogram } from '@opentelemetry/api';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type OpenSpan, runInContext, Telemetry } from '@expo-accord/observability';
import { type ClaimedDelivery } from './delivery.claims';
import { type AttemptOutcome } from './delivery.rules';

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

interface Pending {
  channel: string;
  count: number;
  age: number;
}

/** What can be seen of deliveries from outside: a span for each attempt, what came of it, and what is due. */
@Injectable()
export class DeliveryTelemetry implements OnApplicationBootstrap {
  readonly #attempts: Counter;
  readonly #duration: Histogram;

  constructor(
    private readonly telemetry: Telemetry,
    private readonly transactions: Transactions,
  ) {
    this.#attempts = telemetry.meter.createCounter('expo_accord_delivery_attempts_total', {
      description:
        'Attempts by what they came to: delivered, retry, failed, dropped or released (given back untouched)',
    });
    this.#duration = telemetry.meter.createHistogram('expo_accord_delivery_attempt_duration_seconds', {
      description: 'Time of one attempt, its record included',
      advice: { explicitBucketBoundaries: seconds },
    });
  }

  onApplicationBootstrap(): void {
    const { meter } = this.telemetry;
    const pending = meter.createObservableGauge('expo_accord_deliveries_pending', {
      description: 'Deliveries that are due or wait for their next attempt, without those of disabled endpoints',
    });
    const age = meter.createObservableGauge('expo_accord_delivery_oldest_due_age_seconds', {
      description: 'For how long the oldest of them that is due has been due; 0 when none is',
    });
    this.telemetry.observe([pending, age], async () =>
      (await this.#pending()).flatMap(({ channel, ...values }) => [
        { gauge: pending, value: values.count, labels: { channel } },
        { gauge: age, value: values.age, labels: { channel } },
      ]),
    );
  }

  /**
   * Runs an attempt in the context of its cause: its trace, if that is traced, goes on in a span of the attempt.
   * @param attempt null when the delivery was given back without one
   */
  async observe(claimed: ClaimedDelivery, attempt: () => Promise<AttemptOutcome | null>): Promise<void> {
    const { channel } = claimed;
    const span = this.#begin(claimed);
    const traceparent = span?.traceparent ?? claimed.traceparent;
    const startedAt = performance.now();
    let result: string | undefined;
    try {
      const context = {
        requestId: claimed.correlationId,
        causationId: claimed.causeId,
        tenantId: claimed.tenantId,
        ...(traceparent === null ? {} : { traceparent }),
      };
      const outcome = await runInContext(context, attempt);
      result = outcome?.result ?? 'released';
      if (outcome !== null) describe(span, outcome);
      this.#attempts.add(1, { channel, result });
      this.#duration.record((performance.now() - startedAt) / 1_000, { channel });
    } finally {
      span?.end(result === undefined ? 'not recorded' : undefined);
    }
  }

  #begin({ channel, causeId, causeType, attempts, traceparent }: ClaimedDelivery): OpenSpan | undefined {
    if (traceparent === null) return undefined;
    return this.telemetry.tracing.begin(() => ({
      name: `deliver ${channel}`,
      kind: 'client',
      parent: traceparent,
      attributes: {
        'messaging.message.id': causeId,
        'expo_accord.message.type': causeType,
        'expo_accord.delivery.channel': channel,
        'expo_accord.delivery.attempt': attempts + 1,
      },
    }));
  }

  async #pending(): Promise<Pending[]> {
    const rows = await this.transactions.manager.query<Pending[]>(
      `SELECT d.channel, count(*)::int AS count,
         greatest(coalesce(extract(epoch FROM now() - min(d.next_attempt_at)), 0), 0)::float8 AS age
       FROM delivery d LEFT JOIN webhook_endpoint e ON e.id = d.endpoint_id
       WHERE d.status = 'pending' AND (e.id IS NULL OR e.status = 'enabled') GROUP BY d.channel`,
    );
    return ['mail', 'webhook'].map(
      (channel) => rows.find((row) => row.channel === channel) ?? { channel, count: 0, age: 0 },
    );
  }
}

function describe(span: OpenSpan | undefined, { result, code, replyCode }: AttemptOutcome): void {
  span?.set({
    'expo_accord.delivery.result': result,
    ...(replyCode === null ? {} : { 'expo_accord.delivery.reply_code': replyCode }),
    ...(result === 'delivered' ? {} : { 'error.type': code }),
  });
}
