export { describeError, type ErrorDescription } from './describe-error';
export { HealthRegistry, type HealthReport, type Probe, type ProbeKind } from './health-registry';
export { JsonLogger, type JsonLoggerOptions, type LogLevel, logLevels } from './json-logger';
export { currentContext, type RequestContext, runInContext } from './request-context';
