import { setTimeout as delay } from 'node:timers/promises';
import { createNoopMeter, type Meter, type ObservableGauge, type Tracer } from '@opentelemetry/api';
import { type OnApplicationShutdown } from '@nestjs/common';
import { Tracing } from './tracing';

/** What is running: each part may be missing, and then costs nothing. */
export interface RunningTelemetry {
  tracer?: Tracer;
  meter?: Meter;
  /** Where Prometheus finds the metrics. */
  metricsUrl?: string;
  /** Sends what is left and closes. */
  close?: () => Promise<void>;
}

export type Labels = Readonly<Record<string, string | number>>;

/** One value of a gauge that is asked at each scrape. */
export interface Observed {
  gauge: ObservableGauge;
  value: number;
  labels?: Labels;
}

const answerWithinMs = 2_000;

/** Spans and metrics of one service. Not a global: a process of tests runs several services, each with its own. */
export class Telemetry implements OnApplicationShutdown {
  static readonly off = new Telemetry({});

  readonly tracing: Tracing;
  readonly meter: Meter;
  readonly metricsUrl: string | undefined;

  constructor(private readonly running: RunningTelemetry) {
    this.tracing = new Tracing(running.tracer);
    this.meter = running.meter ?? createNoopMeter();
    this.metricsUrl = running.metricsUrl;
  }

  /** Whether anybody may read the metrics; else nothing has to be counted or timed. */
  get isMeasuring(): boolean {
    return this.running.meter !== undefined;
  }

  /**
   * Asks at each scrape. A database or a broker that does not answer leaves out what only it knows; the rest is told,
   * which is wanted most at that moment.
   */
  observe(gauges: readonly ObservableGauge[], ask: () => Promise<readonly Observed[]>): void {
    this.meter.addBatchObservableCallback(
      async (result) => {
        const unknown = delay(answerWithinMs, [], { ref: false });
        for (const { gauge, value, labels } of await Promise.race([ask().catch(() => []), unknown])) {
          result.observe(gauge, value, labels);
        }
      },
      [...gauges],
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.running.close?.();
  }
}
