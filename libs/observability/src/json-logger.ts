import type { LoggerService } from '@nestjs/common';
import { describeError } from './describe-error';
import { currentContext, type RequestContext } from './request-context';
import { traceIdIn } from './traceparent';

export const logLevels = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface JsonLoggerOptions {
  service: string;
  level?: LogLevel;
  /** Takes one line without its newline; standard output when not given. */
  write?: (line: string) => void;
}

/** One JSON object a line, so that a log collector needs no pattern; every line carries the request it belongs to. */
export class JsonLogger implements LoggerService {
  private readonly threshold: number;
  private readonly write: (line: string) => void;

  constructor(private readonly options: JsonLoggerOptions) {
    this.threshold = logLevels.indexOf(options.level ?? 'log');
    this.write = options.write ?? ((line) => process.stdout.write(`${line}\n`));
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.entry('log', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.entry('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.entry('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.entry('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.entry('verbose', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.entry('fatal', message, rest);
  }

  private entry(level: LogLevel, message: unknown, rest: unknown[]): void {
    if (logLevels.indexOf(level) > this.threshold) return;
    const context = currentContext();
    this.write(
      JSON.stringify({
        at: new Date().toISOString(),
        level,
        service: this.options.service,
        ...(context === undefined ? {} : contextFields(context)),
        ...messageFields(message),
        ...restFields(rest),
      }),
    );
  }
}

function contextFields({ requestId, traceparent, tenantId, causationId }: RequestContext): object {
  return { requestId, traceId: traceparent && traceIdIn(traceparent), tenantId, causationId };
}

function messageFields(message: unknown): object {
  if (message instanceof Error) return { message: describeError(message).message, error: describeError(message) };
  if (typeof message === 'object' && message !== null) return message;
  return { message: String(message) };
}

/** Nest calls with (message, ...details, context); a stack comes as a text of several lines. */
function restFields(rest: unknown[]): object {
  const fields: Record<string, unknown> = {};
  for (const value of rest) {
    if (value instanceof Error) fields['error'] = describeError(value);
    else if (typeof value === 'string') fields[value.includes('\n    at ') ? 'stack' : 'context'] = value;
    else if (typeof value === 'object' && value !== null) Object.assign(fields, value);
  }
  return fields;
}
