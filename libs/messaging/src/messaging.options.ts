import { type Place } from './consuming/reading';
import { type Publisher, type Subscription, type SubscriptionEvents } from './kafka/kafka.port';

export const MESSAGING_OPTIONS = Symbol('MESSAGING_OPTIONS');

/** What relay and consumers need of their surroundings; tests give their own. */
export interface MessagingOptions {
  readonly publisher: () => Publisher;
  /** Reads these topics (named without prefix) as a member of the consumer's group. */
  readonly subscription: (consumer: string, topics: readonly string[], events: SubscriptionEvents) => Subscription;
  /** By source, the last place among the last messages on the service's own topics. */
  readonly topicTails: () => Promise<ReadonlyMap<string, Place>>;
  /** The service's own topics of which that is asked. */
  readonly ownTopics: readonly string[];
  /** How long an unanswered request may still take effect. */
  readonly requestTimeoutMs: number;
  /** Ends the process, so that whatever runs it starts another. */
  readonly exit: (reason: string) => void;
}
