import { messages } from '@expo-accord/contracts';

/** Every consumer of this service; each has a Kafka group and a dead-letter topic of its own. */
export const consumers = {
  contacts: 'notifications.contacts',
  registrations: 'notifications.registrations',
  events: 'notifications.events',
  webhooks: 'notifications.webhooks',
} as const;

/** Every message that outsiders may get; an endpoint without a filter gets them all. */
export const publicContracts = messages.filter(
  ({ visibility, topic }) => visibility === 'public' && topic.visibility === 'public',
);
