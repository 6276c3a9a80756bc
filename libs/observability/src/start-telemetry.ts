import { type MetricsAddress, serveMetrics } from './metrics-endpoint';
import { type SpanExport, exportSpans } from './span-export';
import { Telemetry } from './telemetry';

export interface TelemetryOptions {
  service: string;
  /** Left out: no traces. */
  traces?: SpanExport;
  /** Left out: no metrics. */
  metrics?: MetricsAddress;
}

/** Starts what is asked for; the SDK is not even loaded for what is not. */
export async function startTelemetry({ service, traces, metrics }: TelemetryOptions): Promise<Telemetry> {
  const spans = traces === undefined ? undefined : await exportSpans(service, traces);
  const endpoint = metrics === undefined ? undefined : await serveMetrics(service, metrics);
  return new Telemetry({
    ...(spans === undefined ? {} : { tracer: spans.tracer }),
    ...(endpoint === undefined ? {} : { meter: endpoint.meter, metricsUrl: endpoint.url }),
    close: async () => {
      await Promise.all([spans?.close(), endpoint?.close()]);
    },
  });
}
