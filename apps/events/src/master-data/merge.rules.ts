import { isDeepStrictEqual } from 'node:util';
import { type LocalizedText, type PersonName } from '@expo-accord/values';
import { type Alias } from '../records/record.dto';

type Name = LocalizedText | PersonName;

/** The names among `sought` that say something which none of the known ones says; each once. */
export function lackingNames<T extends Name>(known: readonly Name[], sought: readonly T[]): T[] {
  const said = new Set(known.flatMap(writings));
  return sought.filter((name) => {
    const isNew = writings(name).some((writing) => !said.has(writing));
    for (const writing of writings(name)) said.add(writing);
    return isNew;
  });
}

interface Named {
  names: LocalizedText;
  aliases?: Alias[];
}

/** The survivor's aliases, and what the duplicate is called beyond them. */
export function absorbedAliases(survivor: Named, duplicate: Named): Alias[] {
  const known = survivor.aliases ?? [];
  const others = [{ names: duplicate.names }, ...(duplicate.aliases ?? [])];
  const lacking = new Set(
    lackingNames(
      [survivor, ...known].map(({ names }) => names),
      others.map(({ names }) => names),
    ),
  );
  return [...known, ...others.filter(({ names }) => lacking.has(names))];
}

/** In every language and script, told apart by both. */
function writings({ texts, ...rest }: Name): string[] {
  const romanized = 'romanized' in rest && rest.romanized !== undefined ? [JSON.stringify(rest.romanized)] : [];
  return [...Object.entries(texts).map((writing) => JSON.stringify(writing)), ...romanized];
}

/** The items of both, those of the first before those that it lacks. */
export function joined<T>(known: readonly T[] = [], others: readonly T[] = []): T[] {
  return [...known, ...others.filter((other) => !known.some((item) => isDeepStrictEqual(item, other)))];
}

/** A copy of the body that says `value` where the pointer leads. */
export function withValueAt<B extends object>(body: B, pointer: string, value: unknown): B {
  const copy = structuredClone(body);
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const holder = steps.reduce<Record<string, unknown>>(
    (at, step) => at[step] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  holder[last] = value;
  return copy;
}
