import { type FieldProblem } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { type Admitted, personErased } from '../registrations/admission.rules';
import { type CheckedLine } from './line-check';

/** `unchanged`: was there already, and is as the line says or was to be left alone. `erased`: was forgotten, and stays so. */
export const lineOutcomes = ['created', 'unchanged', 'updated', 'waitlisted', 'erased', 'refused'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

/** What became of one line. Without anything personal: it outlives the line. */
export interface LineResult {
  readonly line: number;
  readonly externalRefs: readonly ExternalRef[];
  readonly outcome: LineOutcome;
  readonly code: string | null;
  readonly registrationId: string | null;
  readonly quota?: string;
  readonly errors: readonly FieldProblem[];
}

export type Settled = Omit<LineResult, 'line' | 'externalRefs'>;

export function invalidLine({ code, errors }: CheckedLine): Settled {
  return { outcome: outcomeOfRefusal(code), code, registrationId: null, errors };
}

function outcomeOfRefusal(code: string | null): LineOutcome {
  return code === personErased.code ? 'erased' : 'refused';
}

/** @param dryRun a registration that was only rehearsed has no id that anybody could use */
export function settled(admitted: Admitted, dryRun: boolean): Settled {
  if (admitted.outcome === 'refused') {
    const { code, quota, registrationId = null, errors = [] } = admitted.refusal;
    return { outcome: outcomeOfRefusal(code), code, registrationId, ...(quota === undefined ? {} : { quota }), errors };
  }
  const isNew = admitted.outcome === 'created' || admitted.outcome === 'waitlisted';
  const registrationId = dryRun && isNew ? null : admitted.registration.id;
  if (admitted.outcome === 'skipped') {
    return { outcome: 'unchanged', code: 'already-registered', registrationId, errors: [] };
  }
  return { outcome: admitted.outcome, code: null, registrationId, errors: [] };
}

export function countsOf(results: readonly LineResult[]): Record<LineOutcome, number> {
  const counts = { created: 0, unchanged: 0, updated: 0, waitlisted: 0, erased: 0, refused: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

export function ndjsonOf(results: readonly LineResult[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join('');
}
