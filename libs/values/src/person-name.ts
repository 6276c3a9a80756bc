import { Type, type Static } from '@sinclair/typebox';
import { blankProblems, tagProblems } from './localized-text';
import { pointerTo, type Problem } from './problem';
import { LanguageTag, TextByTag } from './scalars';
import { closed, fits, shapeProblems } from './schema-check';

export const NameOrder = Type.Union([Type.Literal('familyFirst'), Type.Literal('givenFirst')]);
export type NameOrder = Static<typeof NameOrder>;

/**
 * A full name as it is written, per language and script: never split, never turned round. `order` says how to read it
 * (金民洙, Kim Min-su: family first), `orderByTag` where a script differs (Minsu Kim).
 */
export const PersonName = Type.Object({
  texts: TextByTag,
  order: NameOrder,
  orderByTag: Type.Optional(Type.Record(LanguageTag, NameOrder, { additionalProperties: false })),
  romanized: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
});
export type PersonName = Static<typeof PersonName>;

const strict = closed(PersonName);

/** Beyond the shape: tags are known and differ, no text is blank; an order is given only for a text that is there. */
export function checkPersonName(value: unknown): Problem[] {
  const problems = shapeProblems(strict, value);
  if (problems.length > 0 || !fits(strict, value)) return problems;
  problems.push(...tagProblems(value.texts, '/texts'), ...blankProblems(value.texts, '/texts'));
  for (const tag of Object.keys(value.orderByTag ?? {})) {
    if (!(tag in value.texts)) {
      const pointer = `/orderByTag${pointerTo(tag)}`;
      problems.push({ pointer, code: 'text-missing', detail: 'An order is given for a name that is not there.' });
    }
  }
  return problems;
}

/**
 * The keys under which a person is found, each once: every writing of the name folded by `searchKeyOf`, as words and
 * without the gaps between them (so that `Kim Minsu` finds Kim Min-su).
 */
export function searchKeysOf(name: PersonName): string[] {
  const written = [...Object.values(name.texts), ...(name.romanized === undefined ? [] : [name.romanized])];
  const keys = written.map(searchKeyOf).flatMap((key) => [key, key.replaceAll(' ', '')]);
  return [...new Set(keys)].filter((key) => key !== '');
}

/**
 * A text as search compares it: NFKC (folds width and composes Hangul), lower case, without the accents of Latin
 * letters, with every run of spaces, hyphens, dots and other marks as one space. A query is folded in the same way.
 */
export function searchKeyOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
