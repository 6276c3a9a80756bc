import { newId } from '@expo-accord/database';
import { currentContext, inTraceOf, type RequestContext, runInContext } from '@expo-accord/observability';
import { type MessageContext, type ReceivedTombstone } from './received';
import { type Route } from './routes';

/** Calls a handler in the context of what it received, so that log lines and messages it appends tell their cause. */
export async function callRoute(
  route: Route,
  received: readonly ReceivedTombstone[],
  context: MessageContext,
): Promise<void> {
  if (route.kind === 'batch') {
    await runInContext(contextOf(received), () => route.call(received, context));
    return;
  }
  for (const message of received) {
    await runInContext(contextOf([message]), () => route.call(message, context));
  }
}

/** Several messages have no single cause; a handler that appends names it as `causedBy`. */
function contextOf(received: readonly ReceivedTombstone[]): RequestContext {
  const [first, ...others] = received;
  const batch = currentContext()?.traceparent;
  if (first === undefined || others.length > 0) {
    return { requestId: newId(), ...(batch === undefined ? {} : { traceparent: batch }) };
  }
  const { id, correlationId, tenantId } = first;
  const traceparent = inTraceOf(first.traceparent, batch);
  return {
    requestId: correlationId,
    causationId: id,
    tenantId,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
