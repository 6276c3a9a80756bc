/** One step of a life: the statuses it may start from, where it ends, and what else must hold. */
export interface Step<Status extends string, Facts = unknown> {
  from: readonly Status[];
  to: Status;
  when?: (facts: Facts, status: Status) => boolean;
}

export type Steps<Action extends string, Status extends string, Facts = unknown> = Readonly<
  Record<Action, Step<Status, Facts>>
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

function isPossible<Status extends string, Facts>(step: Step<Status, Facts>, status: Status, facts: Facts): boolean {
  return step.from.includes(status) && (step.when?.(facts, status) ?? true);
}

export function allowedActions<Action extends string, Status extends string, Facts>(
  steps: Steps<Action, Status, Facts>,
  status: Status,
  facts: Facts,
): Action[] {
  return (Object.keys(steps) as Action[]).filter((action) => isPossible(steps[action], status, facts));
}

/** The status after the action. Throws IllegalStep. */
export function statusAfter<Action extends string, Status extends string, Facts>(
  steps: Steps<Action, Status, Facts>,
  action: Action,
  status: Status,
  facts: Facts,
): Status {
  const step = steps[action];
  if (!isPossible(step, status, facts)) throw new IllegalStep(action, status, allowedActions(steps, status, facts));
  return step.to;
}
