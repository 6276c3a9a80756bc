import {
  type EventSnapshot,
  type EventVenue,
  eventCancelled,
  eventClosed,
  eventOpened,
  eventPostponed,
  eventPublished,
  eventStarted,
} from '@expo-accord/contracts';
import { type PartialDate } from '@expo-accord/values';
import { type EventBody } from './event.dto';
import { type EventEntity } from './event.entity';
import { type Venue } from './event-parts.dto';
import { type EventAction, type EventStatus } from './event.rules';

/** Which message tells of which action. */
export const messageOfAction = {
  publish: eventPublished,
  open: eventOpened,
  start: eventStarted,
  close: eventClosed,
  cancel: eventCancelled,
  postpone: eventPostponed,
} satisfies Record<EventAction, unknown>;

export type EventContract = (typeof messageOfAction)[EventAction];

export interface Telling {
  previousStatus: EventStatus | null;
  sessionIds: string[];
  url: string;
  /** When it happened; for history the event's own date unless somebody said otherwise. */
  occurredOn?: PartialDate | null;
}

/** The event as other services keep it. Only for events that are no drafts. */
export function eventSnapshot(event: EventEntity, telling: Telling): EventSnapshot {
  const { status } = event;
  if (status === 'draft') throw new Error('A draft never travels');
  const details = event.details as Partial<EventBody>;
  const { date = null, startsAt = null, endsAt = null, registrationWindow, venue, economies = [] } = details;
  return {
    occurredOn: telling.occurredOn ?? (event.historical ? date : today(event.updatedAt)),
    recordedAt: event.updatedAt.toISOString(),
    historical: event.historical,
    synthetic: event.synthetic,
    visibility: 'public',
    url: telling.url,
    externalRefs: event.externalRefs,
    eventId: event.id,
    seriesId: event.seriesId,
    parentId: event.parentId,
    names: details.names ?? { original: 'und', texts: { und: event.kind } },
    kind: event.kind,
    status,
    previousStatus: telling.previousStatus,
    ordinal: event.ordinal,
    label: event.label,
    date,
    startsAt,
    endsAt,
    registrationWindow: registrationWindow
      ? { opens: registrationWindow.opens ?? null, closes: registrationWindow.closes ?? null }
      : null,
    economies,
    sessionIds: telling.sessionIds,
    venue: venue ? venueOf(venue) : null,
    fulfils: (details.fulfils ?? []).map(({ commitmentId }) => commitmentId),
    entryConditions: (details.entryConditions ?? []).map(({ code, text }) => ({ code, text })),
  };
}

function venueOf({ placeId, hall, hotel, city, province, economy }: Venue): EventVenue {
  return {
    placeId: placeId ?? null,
    hall: hall ?? null,
    hotel: hotel ?? null,
    city: city ?? null,
    province: province ?? null,
    economy: economy ?? null,
  };
}

function today(at: Date): PartialDate {
  return { edtf: at.toISOString().slice(0, 10) };
}
