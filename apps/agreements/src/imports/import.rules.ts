import { isDeepStrictEqual } from 'node:util';
import { IllegalStep } from '../lifecycle/lifecycle.rules';
import { type OnExisting } from './import.entity';
import { type ImportKind } from './import-kinds';

/** What a resource says of itself: what is compared when a line is sent again. */
export interface Stated {
  status: string;
  eventId: string | null;
  content: object;
  externalRefs: readonly { system: string; id: string }[];
}

export type Decision<Action> =
  | { outcome: 'skipped' | 'unchanged' }
  | { outcome: 'refused'; code: string; detail: string }
  /** `corrects` when facts moved; `action` is the step to the line's status, where there is one to take. */
  | { outcome: 'updated'; corrects: boolean; action: Action | null };

/**
 * What becomes of a line whose resource is there already.
 * @param step from the one status to the other; null where none is to be taken. Throws IllegalStep.
 */
export function decideOnExisting<Action>(
  kind: ImportKind,
  onExisting: OnExisting,
  current: Stated,
  line: Stated,
  step: () => Action | null,
): Decision<Action> {
  if (onExisting === 'skip') return { outcome: 'skipped' };
  if (onExisting === 'refuse') {
    return { outcome: 'refused', code: `${kind}-exists`, detail: 'One with this code is there already.' };
  }
  const corrects =
    current.eventId !== line.eventId ||
    !isDeepStrictEqual(current.content, line.content) ||
    !isDeepStrictEqual(current.externalRefs, line.externalRefs);
  try {
    const action = step();
    if (!corrects && current.status === line.status) return { outcome: 'unchanged' };
    return { outcome: 'updated', corrects, action };
  } catch (error) {
    if (!(error instanceof IllegalStep)) throw error;
    return { outcome: 'refused', code: 'action-not-allowed', detail: error.message };
  }
}

/** The codes of both, those known first. */
export function joinRefs<R extends { system: string; id: string }>(known: readonly R[], sent: readonly R[]): R[] {
  const isNew = (ref: R): boolean => !known.some(({ system, id }) => system === ref.system && id === ref.id);
  return [...known, ...sent.filter(isNew)];
}
