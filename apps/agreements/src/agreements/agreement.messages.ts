import {
  agreementAgreed,
  agreementCorrected,
  agreementProgressed,
  agreementRecorded,
  agreementSigned,
  type AgreementSnapshot,
} from '@expo-accord/contracts';
import { type OutgoingMessage, outgoing } from '@expo-accord/messaging';
import { displayOf, type PartialDate } from '@expo-accord/values';
import { messageBase } from '../recorded/recorded';
import { type Agreement } from './agreement.entity';
import { type AgreementAction, type AgreementStatus, dateSettledBy } from './agreement.rules';

/** What happened to an agreement, as far as outsiders are concerned. */
export interface AgreementNews {
  cause: AgreementAction | 'record' | 'correct';
  previousStatus: AgreementStatus | null;
  historical?: boolean;
}

const contracts = {
  agree: agreementAgreed,
  sign: agreementSigned,
  record: agreementRecorded,
  correct: agreementCorrected,
};

function contractFor(cause: AgreementNews['cause']): typeof agreementSigned {
  return cause in contracts ? contracts[cause as keyof typeof contracts] : agreementProgressed;
}

export function agreementMessage(agreement: Agreement, url: string, news: AgreementNews): OutgoingMessage {
  return outgoing(contractFor(news.cause), {
    aggregateId: agreement.id,
    tenantId: agreement.tenantId,
    data: snapshotOf(agreement, url, news),
  });
}

function snapshotOf(agreement: Agreement, url: string, news: AgreementNews): AgreementSnapshot {
  const { content } = agreement;
  return {
    ...messageBase(agreement, url, { ...news, occurredOn: occurredOn(agreement, news.cause) }),
    agreementId: agreement.id,
    type: content.type,
    status: agreement.status,
    previousStatus: news.previousStatus,
    titles: content.titles,
    eventId: agreement.eventId,
    signedOn: content.signedOn ?? null,
    parties: content.parties.items.map((party) => ({
      organizationId: party.organizationId ?? null,
      name: party.name ?? null,
      economy: party.economy ?? null,
      role: party.role ?? 'party',
    })),
    amounts: content.amounts ?? [],
    promotes: promotedBy(agreement),
  };
}

/** A date belongs to a message only if the step that it tells of settled it. */
function occurredOn({ content }: Agreement, cause: AgreementNews['cause']): PartialDate | null {
  if (cause === 'record') return content.signedOn ?? content.agreedOn ?? null;
  if (cause === 'correct') return null;
  const settled = dateSettledBy[cause];
  return settled === undefined ? null : (content[settled] ?? null);
}

function promotedBy({ content }: Agreement): string | null {
  const link = content.links?.find(({ kind }) => kind === 'promotes');
  if (!link) return null;
  return link.name ? displayOf(link.name, undefined).text : (link.agreementId ?? null);
}
