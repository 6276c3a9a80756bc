import { type RegistrationSnapshot } from '@expo-accord/contracts';

export interface TallyChange {
  tenantId: string;
  eventId: string;
  status: string;
  count: number;
}

/**
 * By how much each tally moves: a registration leaves the status it had and enters the one it has. Sorted, so that two
 * batches of different partitions lock the tallies in the same order.
 */
export function registrationChanges(
  messages: readonly { tenantId: string; data: Pick<RegistrationSnapshot, 'eventId' | 'status' | 'previous'> }[],
): TallyChange[] {
  const changes = new Map<string, TallyChange>();
  const add = (tenantId: string, eventId: string, status: string, count: number): void => {
    const key = `${tenantId} ${eventId} ${status}`;
    const change = changes.get(key) ?? { tenantId, eventId, status, count: 0 };
    changes.set(key, { ...change, count: change.count + count });
  };
  for (const { tenantId, data } of messages) {
    if (data.previous !== null) add(tenantId, data.eventId, data.previous.status, -1);
    add(tenantId, data.eventId, data.status, 1);
  }
  return [...changes.keys()]
    .sort()
    .flatMap((key) => changes.get(key) ?? [])
    .filter(({ count }) => count !== 0);
}

/** The last message of each aggregate; what it tells is the whole of what counts. */
export function lastOfEach<M>(messages: readonly M[], idOf: (message: M) => string): M[] {
  return [...new Map(messages.map((message) => [idOf(message), message])).values()];
}
