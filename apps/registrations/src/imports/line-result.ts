import { type FieldProblem } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { type Admitted } from '../registrations/admission.rules';
import { type CheckedLine } from './line-check';

export type LineOutcome = 'created' | 'waitlisted' | 'skipped' | 'updated' | 'refused';

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
  return { outcome: 'refused', code, registrationId: null, errors };
}

/** @param dryRun a registration that was only rehearsed has no id that anybody could use */
export function settled(admitted: Admitted, dryRun: boolean): Settled {
  if (admitted.outcome === 'refused') {
    const { code, quota, registrationId = null, errors = [] } = admitted.refusal;
    return { outcome: 'refused', code, registrationId, ...(quota === undefined ? {} : { quota }), errors };
  }
  const isNew = admitted.outcome === 'created' || admitted.outcome === 'waitlisted';
  const registrationId = dryRun && isNew ? null : admitted.registration.id;
  const code = admitted.outcome === 'skipped' ? 'already-registered' : null;
  return { outcome: admitted.outcome, code, registrationId, errors: [] };
}

export function countsOf(results: readonly LineResult[]): Record<LineOutcome, number> {
  const counts = { created: 0, waitlisted: 0, skipped: 0, updated: 0, refused: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

export function ndjsonOf(results: readonly LineResult[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join('');
}
