import { Type, type Static } from '@sinclair/typebox';
import { type Problem } from './problem';
import { closed, shapeProblems } from './schema-check';

/** A caller's own code for a resource: which system says so, and what it says. Never personal data. */
export const ExternalRef = Type.Object({
  system: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    maxLength: 64,
    description: 'the name of a system: letters, digits, dot, hyphen, underscore',
  }),
  id: Type.String({ minLength: 1, maxLength: 200 }),
});
export type ExternalRef = Static<typeof ExternalRef>;

const strict = closed(ExternalRef);

export function checkExternalRef(value: unknown): Problem[] {
  return shapeProblems(strict, value);
}
