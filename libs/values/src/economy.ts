import { Type, type Static } from '@sinclair/typebox';
import { type Problem } from './problem';
import { shapeProblems } from './schema-check';

/** An economy (not always a state: HK) as ISO 3166-1 alpha-2. */
export const Economy = Type.String({ pattern: '^[A-Z]{2}$', description: 'an ISO 3166-1 alpha-2 code' });
export type Economy = Static<typeof Economy>;

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What was asked before: two letters are 676 codes at most, and Intl takes microseconds for each answer. */
const assigned = new Map<string, boolean>();

function isAssigned(code: string): boolean {
  const known = assigned.get(code);
  if (known !== undefined) return known;
  const [canonical] = Intl.getCanonicalLocales(`und-${code}`);
  const found = regionNames.of(code) !== undefined && canonical === `und-${code}` && code !== 'ZZ';
  assigned.set(code, found);
  return found;
}

/** Beyond the shape: the code is assigned, and is no alias (KO for KR, UK for GB are refused). */
export function checkEconomy(value: unknown): Problem[] {
  const problems = shapeProblems(Economy, value);
  if (problems.length > 0 || typeof value !== 'string') return problems;
  if (isAssigned(value)) return [];
  return [{ pointer: '', code: 'economy-unknown', detail: 'This code is not assigned in ISO 3166-1.' }];
}
