import { isDeepStrictEqual } from 'node:util';
import { IllegalStep } from '../lifecycle/lifecycle.rules';
import { type OnExisting } from './project-import.entity';
import { actionBetween, type ProjectAction, type ProjectLife, type ProjectStatus } from './project.rules';

/** What a project says of itself: what is compared when a line is sent again. */
export interface Stated {
  status: ProjectStatus;
  eventId: string | null;
  content: object;
  externalRefs: readonly { system: string; id: string }[];
}

export type Decision =
  | { outcome: 'skipped' | 'unchanged' }
  | { outcome: 'refused'; code: string; detail: string }
  /** `action` when only the status moved; null when facts were corrected, whether or not the status moved too. */
  | { outcome: 'updated'; action: ProjectAction | null };

/** What becomes of a line whose project is there already. `mayJump`: a line of history may set any status. */
export function decideOnExisting(
  onExisting: OnExisting,
  current: Stated & ProjectLife,
  line: Stated,
  mayJump: boolean,
): Decision {
  if (onExisting === 'skip') return { outcome: 'skipped' };
  if (onExisting === 'refuse') {
    return { outcome: 'refused', code: 'project-exists', detail: 'A project with this code is there already.' };
  }
  const factsMoved =
    current.eventId !== line.eventId ||
    !isDeepStrictEqual(current.content, line.content) ||
    !isDeepStrictEqual(current.externalRefs, line.externalRefs);
  try {
    const action = mayJump ? null : actionBetween(current.status, line.status, current);
    if (!factsMoved && current.status === line.status) return { outcome: 'unchanged' };
    return { outcome: 'updated', action: factsMoved ? null : action };
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
