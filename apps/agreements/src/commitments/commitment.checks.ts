import { newId } from '@expo-accord/database';
import { type FieldProblem, invalid, invalidField } from '@expo-accord/http';
import { type PartialDate } from '@expo-accord/values';
import { isDueBefore } from '../reminders/due.rules';
import { type CommitmentFacts, type Milestone } from './commitment.dto';
import { type Commitment } from './commitment.entity';
import { foreignMilestones } from './commitment.rules';

/** Gives ids to the milestones that are new; throws where one names an id that is not the commitment's. */
export function identifyMilestones({ milestones = [] }: CommitmentFacts, known: readonly Milestone[]): void {
  const foreign = foreignMilestones(milestones, known);
  if (foreign.length > 0) {
    const code = 'milestone-unknown';
    const detail = 'Ids of milestones are given by the service; leave it out for a new one.';
    throw invalid(foreign.map((place) => ({ pointer: `/milestones/${place}/id`, code, detail })));
  }
  for (const milestone of milestones) milestone.id ??= newId();
}

/** Nothing is due before it was undertaken, or before its agreement was signed, as far as the dates are known. */
export function assertDueAfter(facts: CommitmentFacts, signedOn: PartialDate | null | undefined): void {
  const dates = [
    { pointer: '/due', due: facts.due },
    ...(facts.milestones ?? []).map(({ due }, place) => ({ pointer: `/milestones/${place}/due`, due })),
  ];
  const errors = dates.flatMap(({ pointer, due }): FieldProblem[] => {
    const before = (began: PartialDate | null | undefined, code: string, what: string): FieldProblem[] =>
      isDueBefore(due, began)
        ? [{ pointer, code, detail: `It is due ${due?.edtf ?? ''}, before ${what} ${began?.edtf ?? ''}.` }]
        : [];
    return [
      ...before(facts.undertakenOn, 'due-before-undertaken', 'it was undertaken:'),
      ...before(signedOn, 'due-before-signing', 'its agreement was signed:'),
    ];
  });
  if (errors.length > 0) throw invalid(errors);
}

export function assertMilestone({ content }: Commitment, milestoneId: string | null | undefined): void {
  if (!milestoneId || content.milestones?.some(({ id }) => id === milestoneId)) return;
  throw invalidField('/milestoneId', 'milestone-unknown', `The commitment has no milestone ${milestoneId}.`);
}
