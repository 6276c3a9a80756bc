import { isDeepStrictEqual } from 'node:util';
import { pointerTo } from '@expo-accord/values';
import { type RevisedFact } from './revision.entity';

/** What an amendment may change: the text that the parties agreed on, not what happened to it. */
const amendable = new Set([
  'titles',
  'texts',
  'authenticLanguages',
  'attachments',
  'period',
  'binding',
  'parties',
  'statements',
  'entryIntoForce',
  'amounts',
]);

/** Pointers below `changes` to what an amendment cannot change. */
export function notAmendable(changes: object): string[] {
  return Object.keys(changes)
    .filter((name) => !amendable.has(name))
    .map((name) => pointerTo(name));
}

type Facts = Readonly<Record<string, RevisedFact['before'] | undefined>>;

/** The facts, among those named, that are not what they were. */
export function revised(names: readonly string[], before: Facts, after: Facts): RevisedFact[] {
  return names
    .filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null))
    .map((name) => ({ pointer: pointerTo(name), before: before[name] ?? null, after: after[name] ?? null }));
}
