import { RE2JS } from 're2js';

/** A pattern of more instructions is a program rather than a question's shape. */
const MOST_INSTRUCTIONS = 500;
/** A longer text never matches: at so many characters a pattern takes about a millisecond, whoever wrote it. */
const MOST_CHARACTERS = 1_000;

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
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  if (compiled.programSize() > MOST_INSTRUCTIONS) throw new Error('the pattern is too complex');
  return {
    test: (text) => text.length <= MOST_CHARACTERS && compiled.test(text),
    toString: () => pattern,
  };
}
