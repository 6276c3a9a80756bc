import { outlookOf } from '@expo-accord/database';

/** Thrown by a handler for a message that can never work: its key is parked at once. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** Whether trying again is pointless. What is not known to be permanent is tried again: the world may get better. */
export function isPermanent(error: unknown): boolean {
  return error instanceof PermanentFailure || outlookOf(error) === 'lasts';
}
