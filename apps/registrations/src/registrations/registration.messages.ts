import {
  type BaseData,
  contactRecorded,
  contactTopic,
  registrationApproved,
  registrationCancelled,
  registrationCheckedIn,
  registrationCorrected,
  registrantErased,
  registrationDeclined,
  registrationPromoted,
  registrationRegistered,
  type RegistrationSnapshot,
  registrationWaitlisted,
} from '@expo-accord/contracts';
import { type Cause, outgoing, type OutgoingMessage, tombstone } from '@expo-accord/messaging';
import { type Registration, type RegistrationChange } from './registration';
import { contactChanged, holdsPlace, isQueued, isWrittenTo } from './registration.rules';

/** @param causes by registration, where they are not the request that is being answered */
export function messagesOf(
  changes: readonly RegistrationChange[],
  causes: ReadonlyMap<string, Cause | undefined>,
  publicUrl: string,
): OutgoingMessage[] {
  return changes.flatMap((change) => {
    const causedBy = causes.get(change.after.id);
    return messagesAbout(change, publicUrl).map((message) => ({ ...message, causedBy }));
  });
}

/** Everything that has to be told of a change. Only the contact message says who the person is. */
export function messagesAbout({ before, after }: RegistrationChange, publicUrl: string): OutgoingMessage[] {
  const { id: aggregateId, tenantId } = after;
  const data = snapshotOf(before, after, baseOf(after, publicUrl));
  const messages = [outgoing(contractFor(before, after), { aggregateId, tenantId, data })];
  if (contactChanged(before, after)) messages.push(contactOf(after, publicUrl));
  if (before !== null && isWrittenTo(before) && !isWrittenTo(after)) {
    messages.push(tombstone(contactTopic, aggregateId, tenantId));
  }
  return messages;
}

function contractFor(before: Registration | null, after: Registration): typeof registrationRegistered {
  if (before === null) return isQueued(after) ? registrationWaitlisted : registrationRegistered;
  if (before.erasedAt === null && after.erasedAt !== null) return registrantErased;
  if (before.status === after.status) return registrationCorrected;
  if (after.status === 'cancelled') return registrationCancelled;
  if (after.status === 'checkedIn') return registrationCheckedIn;
  if (after.status === 'declined') return registrationDeclined;
  if (isQueued(before) && holdsPlace(after.status)) return registrationPromoted;
  return before.status === 'pendingApproval' && after.status === 'confirmed'
    ? registrationApproved
    : registrationCorrected;
}

function baseOf(registration: Registration, publicUrl: string): BaseData {
  const { id, historical, synthetic, registeredOn, externalRefs, updatedAt } = registration;
  const recordedAt = updatedAt.toISOString();
  return {
    occurredOn: historical ? registeredOn : { edtf: recordedAt.slice(0, 'YYYY-MM-DD'.length) },
    recordedAt,
    historical,
    synthetic,
    visibility: 'internal',
    url: `${publicUrl}/v1/registrations/${id}`,
    externalRefs: [...externalRefs],
  };
}

/** What is copied stands last: V8 takes microseconds for each field that is added to a copy. */
function snapshotOf(before: Registration | null, after: Registration, base: BaseData): RegistrationSnapshot {
  const { status, category, economy, mode } = after;
  return {
    registrationId: after.id,
    eventId: after.eventId,
    status,
    category,
    economy,
    mode,
    organizationId: after.organization?.id ?? null,
    language: after.language,
    notify: isWrittenTo(after),
    previous: before === null ? null : countedOf(before),
    ...base,
  };
}

function countedOf({ status, category, economy, mode }: Registration): NonNullable<RegistrationSnapshot['previous']> {
  return { status, category, economy, mode };
}

function contactOf(registration: Registration, publicUrl: string): OutgoingMessage {
  const { id, tenantId, eventId, person, language } = registration;
  return outgoing(contactRecorded, {
    aggregateId: id,
    tenantId,
    data: {
      registrationId: id,
      eventId,
      name: person.name,
      email: person.email ?? '',
      language,
      ...baseOf(registration, publicUrl),
    },
  });
}
