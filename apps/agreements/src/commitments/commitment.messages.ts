import {
  commitmentAssessed,
  commitmentCorrected,
  type CommitmentSnapshot,
  commitmentUndertaken,
} from '@expo-accord/contracts';
import { outgoing, type OutgoingMessage } from '@expo-accord/messaging';
import { type PartialDate } from '@expo-accord/values';
import { messageBase } from '../recorded/recorded';
import { stepsOf } from '../reminders/steps';
import { type Commitment } from './commitment.entity';

const contracts = {
  undertaken: commitmentUndertaken,
  corrected: commitmentCorrected,
  assessed: commitmentAssessed,
};

export function commitmentMessage(
  commitment: Commitment,
  url: string,
  news: CommitmentNews & { what: keyof typeof contracts },
): OutgoingMessage {
  const data = commitmentSnapshot(commitment, url, news);
  return outgoing(contracts[news.what], { aggregateId: commitment.id, tenantId: commitment.tenantId, data });
}

export interface CommitmentNews {
  occurredOn?: PartialDate | null | undefined;
  /** The milestone that it is about; without one, or with the commitment's own id, it is about the commitment. */
  milestoneId?: string | null | undefined;
}

export function commitmentSnapshot(commitment: Commitment, url: string, news: CommitmentNews): CommitmentSnapshot {
  const { content } = commitment;
  const [, ...milestones] = stepsOf(commitment);
  const milestone = milestones.find(({ id }) => id === news.milestoneId);
  return {
    ...messageBase(commitment, url, { occurredOn: news.occurredOn }),
    commitmentId: commitment.id,
    agreementId: commitment.agreementId,
    outcomeDocumentId: commitment.outcomeDocumentId,
    text: content.text,
    modality: content.modality,
    due: content.due ?? null,
    assessment: commitment.assessment,
    withdrawn: content.withdrawn ?? false,
    milestone: milestone
      ? { milestoneId: milestone.id, text: milestone.text, due: milestone.due, assessment: milestone.assessment }
      : null,
  };
}
