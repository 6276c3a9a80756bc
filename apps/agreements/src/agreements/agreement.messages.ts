import {
  agreementAgreed,
  agreementAmended,
  agreementConsentGiven,
  agreementConsentWithdrawn,
  agreementCorrected,
  agreementEnteredIntoForce,
  type AgreementParty,
  agreementProgressed,
  agreementRecorded,
  agreementRenewed,
  agreementSigned,
  type AgreementSnapshot,
  agreementStated,
  agreementStateTopic,
  agreementSuperseded,
  agreementWithheld,
  type Amendment,
  type GivenConsent,
  type MessageContract,
  type Renewal,
  type Supersession,
} from '@expo-accord/contracts';
import { type OutgoingMessage, outgoing, tombstone } from '@expo-accord/messaging';
import { displayOf, type PartialDate } from '@expo-accord/values';
import { type Party } from '../parties/party.dto';
import { changedPaths } from '../recorded/changed-paths';
import { messageBase } from '../recorded/recorded';
import { type Agreement } from './agreement.entity';
import { type AgreementAction, type AgreementStatus, dateSettledBy } from './agreement.rules';
import { type AgreementView } from './agreement.view';

/** What happened to an agreement, as far as outsiders are concerned. */
export interface AgreementNews {
  cause: AgreementAction | 'record' | 'correct' | 'amend' | 'renew' | 'consent' | 'withdraw-consent';
  previousStatus: AgreementStatus | null;
  /** As it was answered before the change; null for a new one. */
  before: AgreementView | null;
  /** Outsiders knew of it before the change. */
  wasDisclosed: boolean;
  historical?: boolean;
  /** When it happened, where that is no date of the agreement. */
  occurredOn?: PartialDate | null;
  told?: { amendment: Amendment } | { renewal: Renewal } | { supersession: Supersession } | { consent: GivenConsent };
}

const contracts = {
  agree: agreementAgreed,
  sign: agreementSigned,
  record: agreementRecorded,
  correct: agreementCorrected,
  'enter-into-force': agreementEnteredIntoForce,
  consent: agreementConsentGiven,
  'withdraw-consent': agreementConsentWithdrawn,
  amend: agreementAmended,
  renew: agreementRenewed,
  supersede: agreementSuperseded,
};

function contractFor(cause: AgreementNews['cause']): MessageContract {
  return cause in contracts ? contracts[cause as keyof typeof contracts] : agreementProgressed;
}

/**
 * What outsiders are told: the step with all that is public, and how the agreement stands now for those who come late.
 * Nothing of what they may not know yet; of what they may know no longer, that it has to go.
 * @param view the agreement as it is answered now
 */
export function agreementMessages(agreement: Agreement, view: AgreementView, news: AgreementNews): OutgoingMessage[] {
  const address = { aggregateId: agreement.id, tenantId: agreement.tenantId };
  if (!agreement.disclosed) return news.wasDisclosed ? withheld(agreement, view, news, address) : [];
  // It became public by a correction, so for outsiders it is new.
  const cause = news.cause === 'correct' && !news.wasDisclosed ? 'record' : news.cause;
  const snapshot = snapshotOf(agreement, view, { ...news, cause });
  const { previousStatus: _, changed: __, ...state } = snapshot;
  const { agreedOn = null, inForceOn = null, endedOn = null } = agreement.content;
  const dates = { agreedOn, inForceOn, endedOn };
  return [
    outgoing(contractFor(cause), { ...address, data: { ...snapshot, ...news.told } }),
    outgoing(agreementStated, { ...address, data: { ...state, ...dates, version: agreement.version } }),
  ];
}

function withheld(
  agreement: Agreement,
  view: AgreementView,
  { before }: AgreementNews,
  address: { aggregateId: string; tenantId: string },
): OutgoingMessage[] {
  const data = {
    ...messageBase(agreement, view.url, {}),
    agreementId: agreement.id,
    version: agreement.version,
    changed: changedPaths(before, view),
  };
  return [
    outgoing(agreementWithheld, { ...address, data }),
    tombstone(agreementStateTopic, address.aggregateId, address.tenantId),
  ];
}

function snapshotOf(agreement: Agreement, view: AgreementView, news: AgreementNews): AgreementSnapshot {
  const { content } = agreement;
  const { before, wasDisclosed, historical } = news;
  return {
    ...messageBase(agreement, view.url, {
      ...(historical !== undefined && { historical }),
      occurredOn: occurredOn(agreement, news),
    }),
    agreementId: agreement.id,
    type: content.type,
    status: agreement.status,
    previousStatus: news.previousStatus,
    titles: content.titles,
    eventId: agreement.eventId,
    signedOn: content.signedOn ?? null,
    parties: content.parties.items.map(partyOf),
    amounts: content.amounts ?? [],
    promotes: promotedBy(agreement),
    version: agreement.version,
    // What a draft was changed in before anybody knew of it is nobody's business.
    changed: wasDisclosed ? changedPaths(before, view) : [],
  };
}

export function partyOf({ organizationId = null, name = null, economy = null, role }: Party): AgreementParty {
  return { organizationId, name, economy, role: role ?? 'party' };
}

/** A date belongs to a message only if the step that it tells of settled it. */
function occurredOn({ content }: Agreement, { cause, occurredOn: told }: AgreementNews): PartialDate | null {
  if (told !== undefined) return told;
  if (cause === 'record') return content.signedOn ?? content.agreedOn ?? null;
  const settled = dateSettledBy[cause as AgreementAction];
  return settled === undefined ? null : (content[settled] ?? null);
}

function promotedBy({ content }: Agreement): string | null {
  const link = content.links?.find(({ kind }) => kind === 'promotes');
  if (!link) return null;
  return link.name ? displayOf(link.name, undefined).text : (link.agreementId ?? null);
}
