import { type FieldProblem } from './problem';

/** Deeper than any body here is, and far from the end of the stack. */
const deepest = 100;

/**
 * What JSON may say and PostgreSQL cannot keep: U+0000, and halves of surrogate pairs (which no UTF-8 can say either),
 * in values and in the names of fields; and numbers like 1e400, which are read as infinite and would be written as null.
 * @returns one problem for each place, as a JSON pointer into `value`
 */
export function unstorableText(value: unknown): FieldProblem[] {
  // Nearly everything is storable, and saying where costs more than looking: a file has a hundred thousand lines.
  return isWhollyStorable(value) ? [] : problemsIn(value, '', 0);
}

function isWhollyStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === deepest) return false;
  for (const name of Object.keys(value)) {
    if (!isStorable(name) || !isWhollyStorable((value as Record<string, unknown>)[name], depth + 1)) return false;
  }
  return true;
}

function problemsIn(value: unknown, pointer: string, depth: number): FieldProblem[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [unstorable(pointer)];
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return [{ pointer, code: 'number-unstorable', detail: 'This number is larger than can be kept.' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth === deepest) {
    return [{ pointer, code: 'too-deep', detail: `This is nested more than ${deepest} levels deep.` }];
  }
  return Object.entries(value).flatMap(([name, child]) =>
    // The pointer to such a name could not be said: the object that has it is named instead.
    isStorable(name) ? problemsIn(child, `${pointer}/${pointerToken(name)}`, depth + 1) : [unstorable(pointer)],
  );
}

/** RFC 6901 */
export function pointerToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isStorable(text: string): boolean {
  // Of a whole pair the `u` flag sees one character, and no surrogate.
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function unstorable(pointer: string): FieldProblem {
  return { pointer, code: 'text-unstorable', detail: 'This text has U+0000 or half of a surrogate pair in it.' };
}
