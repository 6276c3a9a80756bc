import {
  commitmentAssessed,
  commitmentCorrected,
  type CommitmentSnapshot,
  commitmentUndertaken,
} from '@expo-accord/contracts';
import { outgoing, type OutgoingMessage } from '@expo-accord/messaging';
import { type PartialDate } from '@expo-accord/values';
import { messageBase } from '../recorded/recorded';
import { type Commitment } from './commitment.entity';

const contracts = {
  undertaken: commitmentUndertaken,
  corrected: commitmentCorrected,
  assessed: commitmentAssessed,
};

export function commitmentMessage(
  commitment: Commitment,
  url: string,
  news: { what: keyof typeof contracts; occurredOn?: PartialDate | null | undefined },
): OutgoingMessage {
  const { content } = commitment;
  const data: CommitmentSnapshot = {
    ...messageBase(commitment, url, { occurredOn: news.occurredOn }),
    commitmentId: commitment.id,
    agreementId: commitment.agreementId,
    outcomeDocumentId: commitment.outcomeDocumentId,
    text: content.text,
    modality: content.modality,
    due: content.due ?? null,
    assessment: commitment.assessment,
  };
  return outgoing(contracts[news.what], { aggregateId: commitment.id, tenantId: commitment.tenantId, data });
}
