import { currentContext } from '@expo-accord/observability';
import { type Cause } from './outgoing-message';

/** The request or message that is being worked on, as what is said because of it names it; nothing outside of any. */
export function currentCause(): Cause | undefined {
  const context = currentContext();
  if (context === undefined) return undefined;
  const { requestId, causationId = requestId, traceparent } = context;
  return { id: causationId, correlationId: requestId, ...(traceparent !== undefined && { traceparent }) };
}
