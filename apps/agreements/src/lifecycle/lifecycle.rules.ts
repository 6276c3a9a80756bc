/** What else must hold for a step; `says` stands in the documentation. */
export interface Condition<Facts> {
  says: string;
  holds: (facts: Facts) => boolean;
}

/** One step of a life: the statuses it may start from, where it ends, and what else must hold. */
export interface Step<Status extends string, Facts = unknown> {
  from: readonly Status[];
  /** Absent for what leaves the status as it is. */
  to?: Status;
  when?: Condition<Facts>;
}

/** A whole life, declared: what may be done, and every way in which it may be. */
export type Steps<Action extends string, Status extends string, Facts = unknown> = Readonly<
  Record<Action, readonly Step<Status, Facts>[]>
>;

/** Thrown when a step is illegal; carries what would be legal now, so that the caller can tell. */
export class IllegalStep extends Error {
  constructor(
    readonly action: string,
    readonly status: string,
    readonly allowedActions: string[],
  ) {
    super(
      `"${action}" is not possible at status "${status}"; possible now: ${allowedActions.join(', ') || 'nothing'}.`,
    );
  }
}

function wayOut<Status extends string, Facts>(
  steps: readonly Step<Status, Facts>[],
  status: Status,
  facts: Facts,
): Step<Status, Facts> | undefined {
  return steps.find(({ from, when }) => from.includes(status) && (when?.holds(facts) ?? true));
}

export function allowedActions<Action extends string, Status extends string, Facts>(
  steps: Steps<Action, Status, Facts>,
  status: Status,
  facts: Facts,
): Action[] {
  return (Object.keys(steps) as Action[]).filter((action) => wayOut(steps[action], status, facts) !== undefined);
}

/** The status after the action. Throws IllegalStep. */
export function statusAfter<Action extends string, Status extends string, Facts>(
  steps: Steps<Action, Status, Facts>,
  action: Action,
  status: Status,
  facts: Facts,
): Status {
  const step = wayOut(steps[action], status, facts);
  if (!step) throw new IllegalStep(action, status, allowedActions(steps, status, facts));
  return step.to ?? status;
}

/** The one step that leads from a status to another; null when it is the same. Throws IllegalStep. */
export function stepBetween<Action extends string, Status extends string, Facts>(
  steps: Steps<Action, Status, Facts>,
  from: Status,
  to: Status,
  facts: Facts,
): Action | null {
  if (from === to) return null;
  const open = allowedActions(steps, from, facts);
  const action = open.find((candidate) => statusAfter(steps, candidate, from, facts) === to);
  if (action === undefined) throw new IllegalStep(`become ${to}`, from, open);
  return action;
}
