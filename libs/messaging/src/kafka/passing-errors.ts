const PASSING = ['KafkaJSGroupCoordinatorNotFound', 'KafkaJSSASLAuthenticationError'];

/**
 * What kafkajs takes for the end though it passes, and wraps in other errors: a broker that loads the group's partition
 * has no coordinator, and one that hangs up in the middle of a login has not refused it. Joining waits for both.
 */
export function passes(error: unknown): boolean {
  return error instanceof Error && (PASSING.includes(error.name) || passes(error.cause));
}
