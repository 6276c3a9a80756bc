export { describeError, type ErrorDescription } from './describe-error';
export { HealthRegistry, type HealthReport, type Probe, type ProbeKind, type ReportKind } from './health-registry';
export { JsonLogger, type JsonLoggerOptions, type LogLevel, logLevels } from './json-logger';
export { currentContext, type RequestContext, runInContext } from './request-context';
export { type SamplerName, samplerNames } from './sampler-names';
export { startTelemetry, type TelemetryOptions } from './start-telemetry';
export { type Observed, Telemetry } from './telemetry';
export { inTraceOf, spanContextOf } from './traceparent';
export { type OpenSpan, type SpanStart, Tracing } from './tracing';
