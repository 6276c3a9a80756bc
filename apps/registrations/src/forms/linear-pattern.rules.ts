import { LRUCache } from 'lru-cache';
import { RE2JS } from 're2js';

/** A pattern of more instructions is a program rather than a question's shape. */
const MOST_INSTRUCTIONS = 500;
/** A longer text never matches: at so many characters a pattern takes about a millisecond, whoever wrote it. */
const MOST_CHARACTERS = 1_000;

/** To make one of letters in any script takes some milliseconds, and a form's patterns are read twice. */
const made = new LRUCache<string, LinearPattern>({ max: 500 });

/** As `ajv` uses it: a name to tell patterns apart by, and the question. */
export interface LinearPattern {
  readonly test: (text: string) => boolean;
  readonly toString: () => string;
}

/**
 * A regular expression that takes time in proportion to the text (RE2), so that none that an organiser writes can stop
 * the service. Look-ahead, look-behind and back-references do not exist.
 * @throws Error with a sentence about what is wrong with it
 */
export function linearPattern(pattern: string): LinearPattern {
  const known = made.get(pattern);
  if (known !== undefined) return known;
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  if (compiled.programSize() > MOST_INSTRUCTIONS) throw new Error('the pattern is too complex');
  const linear = {
    test: (text: string) => text.length <= MOST_CHARACTERS && compiled.test(text),
    toString: () => pattern,
  };
  made.set(pattern, linear);
  return linear;
}
