export const assessmentOutcomes = ['met', 'partiallyMet', 'notMet', 'noEvidence'] as const;
export type AssessmentOutcome = (typeof assessmentOutcomes)[number];

export interface AssessmentFacts {
  outcome: AssessmentOutcome;
  evidence?: readonly unknown[];
  differs?: unknown;
}

/** Milestones that name an id which is none of the commitment's, or twice the same; by their place in the list. */
export function foreignMilestones(milestones: readonly { id?: string }[], known: readonly { id?: string }[]): number[] {
  const ids = milestones.map(({ id }) => id);
  return ids.flatMap((id, place) => {
    if (id === undefined) return [];
    return known.some((each) => each.id === id) && ids.indexOf(id) === place ? [] : [place];
  });
}

/** What an assessment lacks, by field. Only "no evidence" may come without any. */
export function lacksOf({ outcome, evidence = [], differs }: AssessmentFacts): { field: string; detail: string }[] {
  const lacks = [];
  if (outcome !== 'noEvidence' && evidence.length === 0) {
    lacks.push({ field: 'evidence', detail: `An assessment as ${outcome} names its evidence.` });
  }
  if (outcome === 'partiallyMet' && (differs === undefined || differs === null)) {
    lacks.push({ field: 'differs', detail: 'A commitment partially met says what differs.' });
  }
  return lacks;
}
