import { type ExternalRef } from '@expo-accord/values';

type Refs = readonly ExternalRef[];

export const refKey = (ref: ExternalRef): string => JSON.stringify([ref.system, ref.id]);

/** Those that there were, and behind them the new ones. */
export function union(before: Refs, added: Refs): Refs {
  const known = new Set(before.map(refKey));
  return [...before, ...added.filter((ref) => !known.has(refKey(ref)))];
}
