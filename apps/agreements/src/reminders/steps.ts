import { type LocalizedText, type PartialDate } from '@expo-accord/values';
import { type Commitment } from '../commitments/commitment.entity';
import { type AssessmentOutcome } from '../commitments/commitment.rules';

/** A commitment itself or one of its milestones, as far as it matters when that is due. */
export interface Step {
  id: string;
  text: LocalizedText;
  due: PartialDate | null;
  assessment: AssessmentOutcome | null;
  /** Neither met nor taken back; only what is wholly met is done. */
  isOpen: boolean;
}

type Dated = Pick<Commitment, 'id' | 'content' | 'assessment' | 'milestoneAssessments'>;

/** The commitment first, then its milestones; these are done with it, too. */
export function stepsOf({ id, content, assessment, milestoneAssessments }: Dated): Step[] {
  const isOpen = content.withdrawn !== true && assessment !== 'met';
  const milestones = (content.milestones ?? []).map((milestone): Step => {
    // Each got its id when it was entered.
    const milestoneId = String(milestone.id);
    const outcome = milestoneAssessments[milestoneId] ?? null;
    const { text, due = null } = milestone;
    return { id: milestoneId, text, due, assessment: outcome, isOpen: isOpen && outcome !== 'met' };
  });
  return [{ id, text: content.text, due: content.due ?? null, assessment, isOpen }, ...milestones];
}
