import { type Commitment } from '../commitments/commitment.entity';
import { type AssessmentOutcome } from '../commitments/commitment.rules';
import { deadlineOf, type DueState, dueSoonAtOf, dueStateAt } from './due.rules';
import { type Step, stepsOf } from './steps';

/** When it is late (the first instant), and how near that is; null where nothing is due, or any more. */
interface DueView {
  dueAt: string | null;
  dueState: DueState | null;
}

export type CommitmentDueView = DueView & {
  milestoneStates: (DueView & { milestoneId: string; assessment: AssessmentOutcome | null })[];
};

/** What follows from the due dates at this time; no part of the facts, and so of no audit entry. */
export function dueView(commitment: Commitment, now: Date): CommitmentDueView {
  const [own, ...milestones] = stepsOf(commitment);
  return {
    ...dueOf(commitment, own, now),
    milestoneStates: milestones.map((step) => ({
      milestoneId: step.id,
      ...dueOf(commitment, step, now),
      assessment: step.assessment,
    })),
  };
}

function dueOf({ plannedBy }: Commitment, step: Step | undefined, now: Date): DueView {
  const deadline = plannedBy?.owed && step?.isOpen ? deadlineOf(step.due, plannedBy.zone) : null;
  if (!plannedBy || deadline === null) return { dueAt: null, dueState: null };
  const { dueAt } = deadline;
  const dueState = dueStateAt(now, { dueAt, dueSoonAt: dueSoonAtOf(deadline, plannedBy.leadDays) });
  return { dueAt: dueAt.toISOString(), dueState };
}
