import { type ConsumerName, messages } from '@expo-accord/contracts';

/** What each of this service's consumers is called in its code. */
export const consumers = {
  contacts: 'notifications.contacts',
  registrations: 'notifications.registrations',
  events: 'notifications.events',
  webhooks: 'notifications.webhooks',
} as const satisfies Record<string, ConsumerName>;

/**
 * Every message that outsiders may get; an endpoint without a filter gets them all. What stands on a compacted topic says
 * how things stand, and would tell of each change once more.
 */
export const publicContracts = messages.filter(
  ({ visibility, topic }) => visibility === 'public' && topic.visibility === 'public' && topic.cleanup === 'delete',
);
