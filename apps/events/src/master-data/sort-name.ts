import { type LocalizedText, type PersonName, searchKeyOf } from '@expo-accord/values';

/** By characters, none of which is torn in two. */
const beginning = /^.{0,100}/u;

/** What lists are sorted by: the name in its original language, folded as for searching. */
export function sortNameOf({ texts, original }: LocalizedText): string {
  return cut(searchKeyOf(texts[original] ?? ''));
}

/** As it is romanised, or else in the first of its languages by their tags. */
export function sortNameOfPerson({ texts, romanized }: PersonName): string {
  const [first] = Object.keys(texts).sort();
  return cut(searchKeyOf(romanized ?? (first === undefined ? '' : (texts[first] ?? ''))));
}

function cut(key: string): string {
  return beginning.exec(key)?.[0] ?? '';
}
