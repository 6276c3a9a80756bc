import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

const form = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const sampledBit = 1;

/** The span that a W3C `traceparent` names; undefined where it is none, for whoever sent it may be anybody. */
export function spanContextOf(traceparent: unknown): SpanContext | undefined {
  const parts = typeof traceparent === 'string' ? form.exec(traceparent) : null;
  const [, traceId = '', spanId = '', flags = ''] = parts ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & sampledBit, isRemote: true };
  return isSpanContextValid(context) ? context : undefined;
}

export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-0${traceFlags & sampledBit}`;
}

/** Without looking whether it is one: for those that were looked at when they came in. */
export function traceIdIn(traceparent: string): string {
  return traceparent.slice(3, 35);
}

export function isSampled(traceparent: string): boolean {
  return spanContextOf(traceparent)?.traceFlags === sampledBit;
}

/** The span below which something caused by `cause` belongs: the one it is done in, if that is of the same trace. */
export function inTraceOf(cause: string | undefined, doneIn: string | undefined): string | undefined {
  if (cause === undefined || doneIn === undefined) return cause;
  return traceIdIn(cause) === traceIdIn(doneIn) ? doneIn : cause;
}
