import { commitmentDueSoon, commitmentOverdue } from '@expo-accord/contracts';
import { outgoing, type OutgoingMessage } from '@expo-accord/messaging';
import { type Commitment } from '../commitments/commitment.entity';
import { commitmentSnapshot } from '../commitments/commitment.messages';
import { type CommitmentReminder } from './reminder.entity';

/** @param now when it is told */
export function reminderMessage(
  commitment: Commitment,
  { stepId, leadDays, dueAt }: Pick<CommitmentReminder, 'stepId' | 'leadDays' | 'dueAt'>,
  url: string,
  now: Date,
): OutgoingMessage {
  const data = {
    ...commitmentSnapshot(commitment, url, { milestoneId: stepId }),
    recordedAt: now.toISOString(),
    dueAt: dueAt.toISOString(),
  };
  const of = { aggregateId: commitment.id, tenantId: commitment.tenantId };
  return leadDays === 0
    ? outgoing(commitmentOverdue, { ...of, data })
    : outgoing(commitmentDueSoon, { ...of, data: { ...data, leadDays } });
}
