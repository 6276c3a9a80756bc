import { createNoopMeter, type Meter, type Tracer } from '@opentelemetry/api';
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

  async onApplicationShutdown(): Promise<void> {
    await this.running.close?.();
  }
}
