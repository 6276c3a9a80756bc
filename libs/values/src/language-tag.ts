import languages from 'language-subtag-registry/data/json/language.json';
import regions from 'language-subtag-registry/data/json/region.json';
import scripts from 'language-subtag-registry/data/json/script.json';
import { type Problem } from './problem';
import { LanguageTag } from './scalars';
import { shapeProblems } from './schema-check';

/** The registry has these as a range: nobody's languages, for whoever agrees on one. */
const privateUse = /^q[a-t][a-z]$/;
/** Intl takes microseconds for each answer, and the same few tags come all the time. */
const answered = new Map<string, Problem[]>();
const mostAnswers = 1_000;

/** Beyond the shape: BCP 47 allows the tag, and IANA's registry has its language, script and region. */
export function checkLanguageTag(value: unknown): Problem[] {
  const problems = shapeProblems(LanguageTag, value);
  if (problems.length > 0 || typeof value !== 'string') return problems;
  let known = answered.get(value);
  if (known === undefined) {
    known = registryProblems(value);
    if (answered.size < mostAnswers) answered.set(value, known);
  }
  return known;
}

function registryProblems(tag: string): Problem[] {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag);
  } catch {
    return [{ pointer: '', code: 'language-tag-malformed', detail: 'This is not a BCP 47 language tag.' }];
  }
  const { script, region } = locale;
  const language = tag.toLowerCase().split('-')[0] ?? '';
  const unknown = [
    language in languages || privateUse.test(language) ? [] : [`language ${language}`],
    script === undefined || script.toLowerCase() in scripts ? [] : [`script ${script}`],
    region === undefined || region.toLowerCase() in regions ? [] : [`region ${region}`],
  ].flat();
  if (unknown.length === 0) return [];
  const detail = `The registry of language subtags has no ${unknown.join(', no ')}.`;
  return [{ pointer: '', code: 'language-unknown', detail }];
}
