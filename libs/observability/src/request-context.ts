import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What belongs to one request or one received message and has to be known far below it: in log lines, in the
 * messages it causes, in the calls it makes. Mutable, because the caller is only known after the request began.
 */
export interface RequestContext {
  /** Becomes the correlation id of every message that this work causes. */
  requestId: string;
  /** W3C trace context for what this work causes: of the innermost span, or as received where spans are not made. */
  traceparent?: string;
  tenantId?: string;
  keyId?: string;
  /** Id of the message that this work answers to. */
  causationId?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
