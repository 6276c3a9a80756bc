import {
  agreementTopic,
  agreementWithheld,
  contactTopic,
  eventTopic,
  organizationTopic,
  projectTopic,
  registrationTopic,
  topics,
} from '@expo-accord/contracts';
import { instantOf, type ScheduledTime } from '@expo-accord/values';
import { grouped } from './grouped';
import { type Endpoint, firstOccurrences, type Row, type Said } from './history';

type Data = Record<string, unknown>;
type Effects = Record<string, Row[]>;

/** Which columns tell one row of a table from another. */
export const keyColumns: Readonly<Record<string, readonly string[]>> = {
  'registrations.event_copy': ['id'],
  'registrations.merged_organization': ['id'],
  'agreements.event_copy': ['id'],
  'agreements.fulfilment': ['commitment_id', 'event_id'],
  'agreements.merged_organization': ['id'],
  'notifications.event_copy': ['event_id'],
  'notifications.contact': ['registration_id'],
  'notifications.public_message': ['id'],
  'notifications.mail': ['cause_id', 'template_id'],
  'notifications.webhook': ['cause_id', 'endpoint_id'],
  'events.counted_registrations': ['tenant_id', 'event_id', 'status'],
  'events.counted_project': ['project_id'],
  'events.counted_agreement': ['agreement_id'],
};

/** What the consumers should have made of the topics, folded here without a line of theirs. */
export function expectedEffects(said: readonly Said[], endpoints: readonly Endpoint[]): Effects {
  const messages = firstOccurrences(said).map((message) => ({
    ...message,
    data: message.text === null ? null : (JSON.parse(message.text) as Data),
  }));
  const on = (topic: { name: string }): Message[] => messages.filter((message) => message.topic === topic.name);
  const shown = messages.filter(isShown);
  return {
    'registrations.event_copy': latest(on(eventTopic), registrationsCopy),
    'registrations.merged_organization': on(organizationTopic).flatMap(merged),
    'agreements.event_copy': latest(on(eventTopic), agreementsCopy),
    'agreements.fulfilment': fulfilments(on(eventTopic)),
    'agreements.merged_organization': on(organizationTopic).flatMap(merged),
    'notifications.event_copy': latest(on(eventTopic), notificationsCopy),
    'notifications.contact': latest(on(contactTopic), contact),
    'notifications.public_message': shown.map(publicMessage),
    'notifications.mail': on(registrationTopic).flatMap(mail),
    'notifications.webhook': shown.flatMap(({ id, tenantId }) =>
      endpoints.filter((one) => one.tenantId === tenantId).map((one) => ({ cause_id: id, endpoint_id: one.id })),
    ),
    'events.counted_registrations': counted(on(registrationTopic)),
    'events.counted_project': latest(on(projectTopic), countedProject),
    'events.counted_agreement': latest(on(agreementTopic).map(gone), countedAgreement),
  };
}

type Message = Said & { data: Data | null };

const publicTopics = new Set(
  topics.filter(({ visibility, cleanup }) => visibility === 'public' && cleanup === 'delete').map(({ name }) => name),
);

function isShown({ topic, data }: Message): boolean {
  return publicTopics.has(topic) && data?.visibility !== 'internal';
}

/** One row for each aggregate, as its last message has it; none if that is a tombstone. */
function latest(messages: readonly Message[], rowOf: (tenantId: string, data: Data) => Row): Row[] {
  const last = new Map(messages.map((message) => [message.source, message]));
  return [...last.values()].flatMap(({ tenantId, data }) => (data === null ? [] : [rowOf(tenantId, data)]));
}

function registrationsCopy(tenantId: string, data: Data): Row {
  const window = data.registrationWindow as Record<'opens' | 'closes', ScheduledTime | null> | null;
  return {
    id: data.eventId,
    tenant_id: tenantId,
    status: data.status,
    opens_at: window?.opens ? new Date(instantOf(window.opens)) : null,
    closes_at: window?.closes ? new Date(instantOf(window.closes)) : null,
    ends_at: data.endsAt ? new Date(instantOf(data.endsAt as ScheduledTime)) : null,
    economies: data.economies,
    session_ids: data.sessionIds,
    synthetic: data.synthetic,
    historical: data.historical,
  };
}

function agreementsCopy(tenantId: string, { eventId, seriesId, status, synthetic, startsAt }: Data): Row {
  const zone = (startsAt as ScheduledTime | null)?.zone ?? null;
  return { id: eventId, tenant_id: tenantId, series_id: seriesId, status, synthetic, zone };
}

/** Each commitment that an event ever named, as its last message has it. */
function fulfilments(messages: readonly Message[]): Row[] {
  const named = (data: Data | null): unknown[] => (data?.fulfils as unknown[] | undefined) ?? [];
  return [...grouped(messages, ({ source }) => source).values()].flatMap((ofEvent) => {
    const last = ofEvent.at(-1) as Message;
    return [...new Set(ofEvent.flatMap(({ data }) => named(data)))].map((commitmentId) => ({
      commitment_id: commitmentId,
      event_id: last.data?.eventId,
      tenant_id: last.tenantId,
      named: named(last.data).includes(commitmentId),
      status: last.data?.status,
      epoch: last.epoch,
      sequence: last.sequence,
    }));
  });
}

function merged({ tenantId, type, data }: Message): Row[] {
  if (data === null || !type.includes('.merged.')) return [];
  return [{ id: data.organizationId, tenant_id: tenantId, survivor_id: data.survivorId }];
}

function notificationsCopy(tenantId: string, { eventId, names, startsAt, synthetic }: Data): Row {
  return { event_id: eventId, tenant_id: tenantId, names, starts_at: startsAt, synthetic };
}

function contact(tenantId: string, { registrationId, eventId, name, email, language }: Data): Row {
  return { registration_id: registrationId, tenant_id: tenantId, event_id: eventId, name, email, language };
}

function publicMessage({ id, tenantId, type, source, epoch, sequence, data }: Message): Row {
  return { id, tenant_id: tenantId, type, source, epoch, sequence, data };
}

/** Who asked for mail is told of each status that matters to the person; history is told to nobody. */
function mail({ id, data, type }: Message): Row[] {
  if (data === null || data.notify !== true || data.historical === true) return [];
  const before = (data.previous as { status: string } | null)?.status;
  if (type.includes('.checked-in.') || data.status === before) return [];
  const told = (what: string): Row[] => [{ cause_id: id, template_id: `registration-${what}` }];
  if (['cancelled', 'waitlisted', 'declined'].includes(String(data.status))) return told(String(data.status));
  const wasIn = before === 'checkedIn' || before === 'noShow';
  if (data.status !== 'confirmed' || wasIn) return [];
  return told(before === 'waitlisted' ? 'promoted' : 'confirmed');
}

function counted(messages: readonly Message[]): Row[] {
  const now = new Map<string, { tenant_id: string; event_id: unknown; status: unknown }>();
  for (const { source, tenantId, data } of messages) {
    if (data !== null) now.set(source, { tenant_id: tenantId, event_id: data.eventId, status: data.status });
  }
  const groups = grouped(now.values(), (row) => JSON.stringify(row));
  return [...groups].map(([row, members]) => ({ ...(JSON.parse(row) as Row), count: members.length }));
}

function countedProject(tenantId: string, { projectId, eventId, status, investment }: Data): Row {
  const {
    currency = null,
    qualifier = null,
    value = null,
    lower = null,
    upper = null,
    inclusive = null,
  } = (investment as Data | null) ?? {};
  const amount = (text: unknown): number | null => (text === null ? null : Number(text));
  return {
    project_id: projectId,
    tenant_id: tenantId,
    event_id: eventId,
    status,
    currency,
    qualifier,
    value: amount(value),
    lower: amount(lower),
    upper: amount(upper),
    inclusive,
  };
}

/** What is withheld counts as little as what never was. */
function gone(message: Message): Message {
  return message.type === agreementWithheld.type ? { ...message, data: null } : message;
}

function countedAgreement(tenantId: string, { agreementId, eventId, status }: Data): Row {
  return { agreement_id: agreementId, tenant_id: tenantId, event_id: eventId, status };
}
