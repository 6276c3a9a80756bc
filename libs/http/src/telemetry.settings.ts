import { samplerNames, type TelemetryOptions } from '@expo-accord/observability';
import { defineSettings, fraction, oneOf, optional, port, type SettingsOf, text, url } from '@expo-accord/settings';

/** What of itself a process tells, and to whom: nothing, unless it is asked to. OpenTelemetry's names where it has one. */
export const telemetrySettings = defineSettings({
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(
    url({ desc: 'OTLP collector that takes traces over HTTP; none are made, if not set', example: 'http://otel:4318' }),
  ),
  OTEL_EXPORTER_OTLP_HEADERS: optional(
    text({ desc: 'Headers that the collector asks for, with commas between them', example: 'api-key=…', secret: true }),
  ),
  OTEL_TRACES_SAMPLER: oneOf(samplerNames, {
    desc: 'Which traces are kept; the parentbased ones follow whoever sent the traceparent',
    default: 'parentbased_always_on',
  }),
  OTEL_TRACES_SAMPLER_ARG: fraction({ desc: 'Share of the traces that a traceidratio sampler keeps', default: 1 }),
  METRICS_PORT: optional(
    port({
      desc: 'Port for Prometheus to read /metrics from, not for outsiders; none are measured, if not set',
      example: '9464',
    }),
  ),
  METRICS_HOST: text({ desc: 'Address to listen on for Prometheus', default: '127.0.0.1', example: '0.0.0.0' }),
});

export type TelemetryConfig = SettingsOf<typeof telemetrySettings>;

export function telemetryOptions(service: string, config: TelemetryConfig): TelemetryOptions {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, METRICS_PORT: metricsPort } = config;
  const traces = {
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    sampler: config.OTEL_TRACES_SAMPLER,
    ratio: config.OTEL_TRACES_SAMPLER_ARG,
  };
  return {
    service,
    ...(endpoint === undefined ? {} : { traces: { ...traces, endpoint } }),
    ...(metricsPort === undefined ? {} : { metrics: { host: config.METRICS_HOST, port: metricsPort } }),
  };
}
