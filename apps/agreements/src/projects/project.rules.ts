import { allowedActions, type Condition, statusAfter, stepBetween, type Steps } from '../lifecycle/lifecycle.rules';

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

const moving: readonly ProjectStatus[] = ['announced', 'signed', 'registered', 'underWay', 'operating'];

const stalledAt = (status: ProjectStatus): Condition<ProjectLife> => ({
  says: `stalled at ${status}`,
  holds: ({ stalledFrom }) => stalledFrom === status,
});

/** The life of a project. LIFE.md is drawn from it. */
export const projectSteps: Steps<ProjectAction, ProjectStatus, ProjectLife> = {
  sign: [{ from: ['announced'], to: 'signed' }],
  register: [{ from: ['signed'], to: 'registered' }],
  start: [{ from: ['registered'], to: 'underWay' }],
  operate: [{ from: ['underWay'], to: 'operating' }],
  stall: [{ from: moving, to: 'stalled' }],
  resume: moving.map((to) => ({ from: ['stalled'], to, when: stalledAt(to) })),
  cancel: [{ from: ['announced', 'signed', 'registered', 'underWay', 'stalled'], to: 'cancelled' }],
};

export const actionsOpenTo = (status: ProjectStatus, life: ProjectLife): ProjectAction[] =>
  allowedActions(projectSteps, status, life);

/** Throws IllegalStep. */
export const statusAfterAction = (action: ProjectAction, status: ProjectStatus, life: ProjectLife): ProjectStatus =>
  statusAfter(projectSteps, action, status, life);

/**
 * A line that is sent again may bring a project one step further, as its action would.
 * Returns that action, or null when nothing moved. Throws IllegalStep.
 */
export const actionBetween = (from: ProjectStatus, to: ProjectStatus, life: ProjectLife): ProjectAction | null =>
  stepBetween(projectSteps, from, to, life);
