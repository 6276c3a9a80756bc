import { type ServiceName } from './contract';

/**
 * What comes of it when a consumer takes messages that it took before. `same copies`: what it keeps is what the last
 * message says. `counts twice`: it adds messages up, so that only a fresh read model may take them. `tells twice`: people
 * or systems outside would hear of it again.
 */
export type Repetition = 'same copies' | 'counts twice' | 'tells twice';

/** Whoever reads topics: a Kafka group, its cursors and its dead letters go by this name. */
export interface ConsumerContract {
  readonly name: `${ServiceName}.${string}`;
  readonly repetition: Repetition;
}

/** Every consumer there is. A service attaches its own at start-up, and `migrate` creates their dead-letter topics. */
export const consumers = [
  { name: 'events.statistics', repetition: 'counts twice' },
  { name: 'registrations.events', repetition: 'same copies' },
  { name: 'agreements.events', repetition: 'same copies' },
  { name: 'agreements.fulfilment', repetition: 'same copies' },
  { name: 'notifications.contacts', repetition: 'same copies' },
  { name: 'notifications.events', repetition: 'same copies' },
  { name: 'notifications.registrations', repetition: 'tells twice' },
  { name: 'notifications.webhooks', repetition: 'tells twice' },
] as const satisfies readonly ConsumerContract[];

export type ConsumerName = (typeof consumers)[number]['name'];

/** The names of a service's own. */
export function consumersOf(service: ServiceName): ConsumerName[] {
  return consumers.map(({ name }) => name).filter((name) => name.startsWith(`${service}.`));
}
