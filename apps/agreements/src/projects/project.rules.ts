import { allowedActions, IllegalStep, statusAfter, type Steps } from '../lifecycle/lifecycle.rules';

export const projectStatuses = [
  'announced',
  'signed',
  'registered',
  'underWay',
  'operating',
  'stalled',
  'cancelled',
] as const;
export type ProjectStatus = (typeof projectStatuses)[number];

export const projectActions = ['sign', 'register', 'start', 'operate', 'stall', 'resume', 'cancel'] as const;
export type ProjectAction = (typeof projectActions)[number];

/** A project first heard of at its signing was never announced by itself. */
export const openingStatuses: readonly ProjectStatus[] = ['announced', 'signed'];

export interface ProjectLife {
  /** Where it stood when it stalled; null while it moves, or when history does not tell. */
  stalledFrom: ProjectStatus | null;
}

const steps: Steps<ProjectAction, ProjectStatus, ProjectLife> = {
  sign: { from: ['announced'], to: 'signed' },
  register: { from: ['signed'], to: 'registered' },
  start: { from: ['registered'], to: 'underWay' },
  operate: { from: ['underWay'], to: 'operating' },
  stall: { from: ['announced', 'signed', 'registered', 'underWay', 'operating'], to: 'stalled' },
  // The real target is where it stalled from; statusAfterAction puts it in.
  resume: { from: ['stalled'], to: 'underWay', when: (life) => life.stalledFrom !== null },
  cancel: { from: ['announced', 'signed', 'registered', 'underWay', 'stalled'], to: 'cancelled' },
};

export const actionsOpenTo = (status: ProjectStatus, life: ProjectLife): ProjectAction[] =>
  allowedActions(steps, status, life);

/** Throws IllegalStep. */
export function statusAfterAction(action: ProjectAction, status: ProjectStatus, life: ProjectLife): ProjectStatus {
  const next = statusAfter(steps, action, status, life);
  return action === 'resume' && life.stalledFrom !== null ? life.stalledFrom : next;
}

/**
 * A line that is sent again may bring a project one step further, as its action would.
 * Returns that action, or null when nothing moved. Throws IllegalStep.
 */
export function actionBetween(from: ProjectStatus, to: ProjectStatus, life: ProjectLife): ProjectAction | null {
  if (from === to) return null;
  const open = actionsOpenTo(from, life);
  const action = open.find((candidate) => statusAfterAction(candidate, from, life) === to);
  if (action === undefined) throw new IllegalStep(`become ${to}`, from, open);
  return action;
}
