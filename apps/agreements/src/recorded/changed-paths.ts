import { pointerTo } from '@expo-accord/values';

type Json = Readonly<Record<string, unknown>>;

/** Fields of an answer that follow from a change and are none. */
const derived = new Set(['version', 'updatedAt', 'actions']);

/** JSON Pointers to what two answers of one resource differ in, as deep as they can be told apart. */
export function changedPaths(before: object | null | undefined, after: object): string[] {
  if (before === null || before === undefined) return [];
  return differences(before, after, '').filter((pointer) => !derived.has(pointer.split('/')[1] ?? ''));
}

function differences(before: unknown, after: unknown, pointer: string): string[] {
  // Most of what a step leaves as it was is the very same object.
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length
      ? after.flatMap((item, index) => differences(before[index], item, `${pointer}/${index}`))
      : [pointer];
  }
  if (isMap(before) && isMap(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) => differences(before[name], after[name], pointer + pointerTo(name)));
  }
  // What was not said and what is known to be unknown are the same to a reader.
  return (before ?? null) === (after ?? null) ? [] : [pointer];
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
