import { mergePatch, validated } from '@expo-accord/http';
import { type ColumnFacts } from './recorded';
import { type Recorded } from './recorded.entity';

/**
 * The facts after a JSON merge patch, checked as a whole like a new entry; throws what validation throws.
 * An event decides what is synthetic, so the stored mark counts only where there is none.
 */
export function patchedFacts<F extends ColumnFacts & object>(
  shape: new () => F,
  record: Recorded,
  otherFacts: object,
  patch: object,
): F {
  const { eventId, externalRefs } = record;
  const facts = validated(shape, mergePatch({ ...otherFacts, eventId, externalRefs }, patch));
  const hasEvent = facts.eventId !== undefined && facts.eventId !== null;
  if (!hasEvent) facts.synthetic ??= record.synthetic;
  return facts;
}
