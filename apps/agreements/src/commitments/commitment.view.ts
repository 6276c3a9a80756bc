import { recordedView, type RecordedView } from '../recorded/recorded';
import { type Commitment, type CommitmentAssessment, type CommitmentContent } from './commitment.entity';
import { type AssessmentOutcome } from './commitment.rules';

export const COMMITMENTS = 'commitments';

export type CommitmentView = RecordedView &
  CommitmentContent & {
    agreementId: string | null;
    outcomeDocumentId: string | null;
    /** Outcome of the latest assessment. */
    assessment: AssessmentOutcome | null;
  };

export type AssessmentView = CommitmentAssessment['content'] & {
  id: string;
  commitmentId: string;
  /** Null where the commitment itself was judged. */
  milestoneId: string | null;
  /** The event that it followed from; null where a person judged. */
  eventId: string | null;
  outcome: AssessmentOutcome;
  createdAt: string;
};

export function commitmentView(commitment: Commitment, url: string): CommitmentView {
  const { content, agreementId, outcomeDocumentId, assessment } = commitment;
  return {
    ...recordedView(commitment, url),
    ...content,
    due: content.due ?? null,
    agreementId,
    outcomeDocumentId,
    assessment,
  };
}

export function assessmentView({
  id,
  commitmentId,
  milestoneId,
  eventId,
  outcome,
  content,
  createdAt,
}: CommitmentAssessment): AssessmentView {
  return { id, commitmentId, milestoneId, eventId, outcome, ...content, createdAt: createdAt.toISOString() };
}
