import { deliveryTopic } from '@expo-accord/contracts';
import { grouped } from './grouped';
import { type Finding, firstOccurrences, type History, type Received } from './history';

export interface DeliveryCheck {
  readonly findings: Finding[];
  /** Received more than once under one id: after a crash nobody knows whether the receiver has it. */
  readonly repeatedWebhooks: number;
  readonly repeatedMails: number;
}

/**
 * What was planned came, nothing else did, and each receiver heard of an aggregate first in the order of its numbers.
 * How often each was planned is the effects' check; here it is what left the house.
 */
export function checkDeliveries({
  effects,
  webhooks,
  mails,
  said,
}: Pick<History, 'effects' | 'webhooks' | 'mails' | 'said'>): DeliveryCheck {
  const sent = new Set(mails.map((id) => /^<([^@]+)@/.exec(id)?.[1] ?? id));
  const came = grouped(webhooks, ({ endpointId, messageId }) => `${messageId} ${endpointId}`);
  const plannedMails = effects['notifications.mail_log'] ?? [];
  const mailLog = new Set(plannedMails.map(({ id }) => String(id)));
  const plannedWebhooks = (effects['notifications.webhook'] ?? []).map(
    (row) => `${String(row.cause_id)} ${String(row.endpoint_id)}`,
  );
  const log = new Set(plannedWebhooks);
  return {
    findings: [
      ...plannedMails
        .filter(({ id, status }) => status === 'delivered' && !sent.has(String(id)))
        .map(({ id }): Finding => ({
          kind: 'loss',
          about: `mail ${String(id)}`,
          detail: 'was planned and never came',
        })),
      ...[...sent]
        .filter((id) => !mailLog.has(id))
        .map((id): Finding => ({ kind: 'double', about: `mail ${id}`, detail: 'came and was not planned' })),
      ...plannedWebhooks
        .filter((name) => !came.has(name))
        .map((name): Finding => ({ kind: 'loss', about: `webhook ${name}`, detail: 'was planned and never came' })),
      ...[...came.keys()]
        .filter((name) => !log.has(name))
        .map((name): Finding => ({ kind: 'double', about: `webhook ${name}`, detail: 'came and was not planned' })),
      ...[...grouped(webhooks, ({ endpointId, source }) => `${source} to ${endpointId}`)].flatMap(orderFindings),
      ...[
        ...grouped(
          firstOccurrences(said).filter(({ topic }) => topic === deliveryTopic.name),
          ({ source }) => source,
        ),
      ]
        .filter(([, messages]) => messages.length > 1)
        .map(([about, messages]): Finding => ({ kind: 'double', about, detail: `ended ${messages.length} times` })),
    ],
    repeatedWebhooks: webhooks.length - came.size,
    repeatedMails: mails.length - new Set(mails).size,
  };
}

function orderFindings([about, received]: [string, readonly Received[]]): Finding[] {
  const seen = new Set<number>();
  let highest = 0;
  return received.flatMap(({ sequence }): Finding[] => {
    const isLate = !seen.has(sequence) && sequence < highest;
    const before = highest;
    seen.add(sequence);
    highest = Math.max(highest, sequence);
    return isLate ? [{ kind: 'reordering', about, detail: `${sequence} came first after ${before}` }] : [];
  });
}
