import { boundsOf } from '@expo-accord/values';
import { type EventBody } from './event.dto';

export interface EventDays {
  /** YYYY-MM-DD, as PostgreSQL reads it, or `-infinity` or `infinity`. */
  firstDay: string;
  lastDay: string;
}

/** Sorted behind every other event, and within no period. */
const unknownDays: EventDays = { firstDay: 'infinity', lastDay: '-infinity' };

/**
 * The days that an event takes up, by the calendar of its place: what it is sorted by, and found by within a period. Of
 * a date that is known in part these are the earliest and the latest that it allows.
 */
export function daysOf({ startsAt, endsAt, date }: Pick<EventBody, 'startsAt' | 'endsAt' | 'date'>): EventDays {
  const known = date ? boundsOf(date) : undefined;
  const from = startsAt?.local.slice(0, 10) ?? (known && (dayOf(known.earliest) ?? '-infinity'));
  const to = endsAt?.local.slice(0, 10) ?? (known && (dayOf(known.latest) ?? 'infinity')) ?? from;
  const firstDay = from ?? to;
  return firstDay === undefined || to === undefined ? unknownDays : { firstDay, lastDay: to };
}

/** Beyond the years that are written with four digits, a list does not go. */
function dayOf(instant: string | null): string | undefined {
  return instant === null || !/^\d{4}-/.test(instant) || instant.startsWith('0000') ? undefined : instant.slice(0, 10);
}
