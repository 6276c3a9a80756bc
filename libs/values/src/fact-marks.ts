import { Type, type Static } from '@sinclair/typebox';
import { pointerTo, within, type Problem } from './problem';
import { closed, fits, shapeProblems } from './schema-check';
import { checkSourceRef, SourceRef } from './source-ref';

/** `disputed`: sources disagree, and both stay. */
export const Certainty = Type.Union([Type.Literal('stated'), Type.Literal('inferred'), Type.Literal('disputed')]);
export type Certainty = Static<typeof Certainty>;

/** What any fact may carry about itself; `because` is why an inferred one is believed. */
export const FactMarks = Type.Object({
  sources: Type.Optional(Type.Array(SourceRef)),
  certainty: Type.Optional(Certainty),
  because: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
});
export type FactMarks = Static<typeof FactMarks>;

const strict = closed(FactMarks);

/** Beyond the shape: an inferred fact says why; every source is sound. */
export function checkFactMarks(value: unknown): Problem[] {
  const problems = shapeProblems(strict, value);
  if (problems.length > 0 || !fits(strict, value)) return problems;
  if (value.certainty === 'inferred' && value.because === undefined) {
    problems.push({ pointer: '/because', code: 'reason-missing', detail: 'An inferred fact says why it is believed.' });
  }
  const ofSources = (value.sources ?? []).flatMap((source, index) =>
    within(`/sources${pointerTo(index)}`, checkSourceRef(source)),
  );
  return [...problems, ...ofSources];
}
