import { type ScheduledTime } from '@expo-accord/values';
import { type ParticipationBody } from '../participations/participation.dto';
import { type SessionBody } from '../sessions/session.dto';
import { type EventBody } from './event.dto';

/** What of an edition can be taken into the next; the default is all of it. */
export const cloneParts = [
  'texts',
  'topics',
  'venue',
  'hosts',
  'facts',
  'entryConditions',
  'programme',
  'participations',
  'subEvents',
] as const;
export type ClonePart = (typeof cloneParts)[number];

/** `left`: what belongs to the one edition alone. `moved`: a time, by as many days as the whole event. */
type Fate = 'kept' | 'moved' | 'left' | ClonePart;
type Fates<B> = Record<keyof B, Fate>;

/** Where each field goes. A new one does not compile until somebody has decided. */
export const eventFates: Fates<EventBody> = {
  kind: 'kept',
  names: 'kept',
  seriesId: 'kept',
  parentId: 'kept',
  synthetic: 'kept',
  economies: 'kept',
  aliases: 'texts',
  theme: 'texts',
  description: 'texts',
  topics: 'topics',
  focusIndustries: 'topics',
  venue: 'venue',
  mode: 'venue',
  hosts: 'hosts',
  delegatingBodies: 'hosts',
  groups: 'hosts',
  facts: 'facts',
  entryConditions: 'entryConditions',
  startsAt: 'moved',
  endsAt: 'moved',
  ordinal: 'left',
  label: 'left',
  date: 'left',
  registrationWindow: 'left',
  historical: 'left',
  subEvents: 'left',
  fulfils: 'left',
  externalRefs: 'left',
  sources: 'left',
  certainty: 'left',
  because: 'left',
  inferred: 'left',
};

/** What was released at a session is a result of it. */
export const sessionFates: Fates<SessionBody> = {
  kind: 'kept',
  names: 'kept',
  aliases: 'kept',
  description: 'kept',
  room: 'kept',
  capacity: 'kept',
  zoneId: 'kept',
  presenters: 'kept',
  facts: 'facts',
  startsAt: 'moved',
  endsAt: 'moved',
  date: 'left',
  releases: 'left',
  externalRefs: 'left',
  sources: 'left',
  certainty: 'left',
  because: 'left',
  inferred: 'left',
};

/** The session is the clone's own, where there is one. */
export const participationFates: Fates<ParticipationBody> = {
  personId: 'kept',
  described: 'kept',
  role: 'kept',
  posts: 'kept',
  organizationId: 'kept',
  side: 'kept',
  mode: 'kept',
  sessionId: 'left',
  externalRefs: 'left',
  sources: 'left',
  certainty: 'left',
  because: 'left',
  inferred: 'left',
};

export type Move = (time: ScheduledTime) => ScheduledTime;

/**
 * From the beginning of the model to that of the clone, in days: what was at two in the afternoon is so again. Undefined
 * where one of them is not known; the times of the programme are then left open.
 */
export function moveBetween(
  from: ScheduledTime | null | undefined,
  to: ScheduledTime | null | undefined,
): Move | undefined {
  if (!from || !to) return undefined;
  const days = dayOf(to) - dayOf(from);
  return ({ local, zone }) => ({
    local: new Date(Date.parse(`${local}Z`) + days).toISOString().slice(0, local.length),
    zone: zone === from.zone ? to.zone : zone,
  });
}

/** In milliseconds, as if it were in Greenwich. */
function dayOf({ local }: ScheduledTime): number {
  return Date.parse(local.slice(0, 10));
}

/** The fields of the model that go into its clone. */
export function cloned<B extends object>(
  model: B,
  fates: Fates<B>,
  parts: readonly ClonePart[],
  move: Move | undefined,
): Partial<B> {
  const taken = new Set<Fate>(['kept', ...parts]);
  const entries = Object.entries<Fate>(fates).flatMap(([field, fate]): [string, unknown][] => {
    const value = model[field as keyof B] as unknown;
    if (value === null || value === undefined) return [];
    if (fate === 'moved') return move === undefined ? [] : [[field, move(value as ScheduledTime)]];
    return taken.has(fate) ? [[field, withoutProvenance(value)]] : [];
  });
  return Object.fromEntries(entries) as Partial<B>;
}

const provenance = new Set(['sources', 'certainty', 'because', 'inferred']);

/** Who said it said it of the model. */
function withoutProvenance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProvenance);
  // In a text the names are those of languages.
  if (typeof value !== 'object' || value === null || 'texts' in value) return value;
  const kept = Object.entries(value).filter(([name]) => !provenance.has(name));
  return Object.fromEntries(kept.map(([name, child]) => [name, withoutProvenance(child)]));
}

/** "The 25th" after "the 24th"; a label such as a year has to be given. */
export function nextOrdinal(ordinal: number | null | undefined): number | undefined {
  return typeof ordinal === 'number' ? ordinal + 1 : undefined;
}
