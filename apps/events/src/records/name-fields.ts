import { type FieldProblem, valueField } from '@expo-accord/http';
import { checkLocalizedText, checkPersonName, LocalizedText, PersonName, pointerTo } from '@expo-accord/values';

const longestName = 1_000;

/** A name stands in lists, subjects and calendars, so it is no text of any length. */
function problemsOf(value: unknown, problems: FieldProblem[]): FieldProblem[] {
  if (problems.length > 0) return problems;
  return Object.entries((value as LocalizedText | PersonName).texts)
    .filter(([, text]) => text.length > longestName)
    .map(([tag]) => ({
      pointer: pointerTo('texts', tag),
      code: 'too-long',
      detail: `A name has ${longestName} characters at most.`,
    }));
}

export const IsName = valueField('LocalizedText', LocalizedText, (value) =>
  problemsOf(value, checkLocalizedText(value)),
);
export const IsNameOfPerson = valueField('PersonName', PersonName, (value) =>
  problemsOf(value, checkPersonName(value)),
);
