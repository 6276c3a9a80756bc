import { displayOf, instantOf, type LocalizedText } from '@expo-accord/values';
import { type EventBody, type EventCreation } from '../events/event.dto';
import { type SessionBody } from '../sessions/session.dto';

/** One line of a calendar, in the words for one reader. */
export interface CalendarEntry {
  /** Stays the same however the thing is changed, so that calendars move their entry and make no second one. */
  uid: string;
  revision: number;
  changedAt: Date;
  /** For an all-day entry midnight UTC of its first day, and of the day behind its last. */
  start: Date;
  end: Date | null;
  allDay: boolean;
  summary: string;
  description: string | null;
  location: string | null;
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  url: string;
}

type Span = Pick<CalendarEntry, 'start' | 'end' | 'allDay'>;
type Timed = Pick<EventBody, 'startsAt' | 'endsAt' | 'date'>;

/** Picks the text for the reader, and remembers in which languages it was found. */
export type Picker = (text: LocalizedText) => string;

export function pickerFor(acceptLanguage: string | undefined, languages: Set<string>): Picker {
  return (text) => {
    const { tag, text: picked } = displayOf(text, acceptLanguage);
    languages.add(tag);
    return picked;
  };
}

/** A day or a span of days, whatever is doubted about it: `2024-10-17`, `2015?-11-30`, `2024-10-17/2024-10-19`. */
const exactDays = /^(\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?$/;
const dayMs = 86_400_000;

/**
 * When a calendar shows it: at its times, or on its days where only these are known. A date that is vaguer (`2016`,
 * `../2020-09-03`) is in no calendar: it would fill a year with what lasts a day.
 */
export function spanOf({ startsAt, endsAt, date }: Timed): Span | undefined {
  if (startsAt) {
    return { start: new Date(instantOf(startsAt)), end: endsAt ? new Date(instantOf(endsAt)) : null, allDay: false };
  }
  const [, first, last = first] = exactDays.exec(date?.edtf.replaceAll(/[?~%]/g, '') ?? '') ?? [];
  if (first === undefined || last === undefined) return undefined;
  return { start: new Date(first), end: new Date(Date.parse(last) + dayMs), allDay: true };
}

export function statusInCalendar(status: EventCreation['status']): CalendarEntry['status'] {
  if (status === 'cancelled') return 'CANCELLED';
  return status === 'planned' || status === 'postponed' ? 'TENTATIVE' : 'CONFIRMED';
}

/** What an event says of itself for a calendar, or nothing where it has no day. */
export function eventEntry(event: EventBody, pick: Picker): Pick<CalendarEntry, TextOrTime> | undefined {
  const span = spanOf(event);
  return span && { ...span, ...textsOf(event, pick), location: locationOf(event, pick) };
}

/** A session without a place of its own is where its event is. */
export function sessionEntry(
  session: SessionBody,
  event: EventBody,
  pick: Picker,
): Pick<CalendarEntry, TextOrTime> | undefined {
  const span = spanOf(session);
  const places = [session.room ? pick(session.room) : null, locationOf(event, pick)];
  return span && { ...span, ...textsOf(session, pick), location: joined(places, ', ') };
}

type TextOrTime = 'start' | 'end' | 'allDay' | 'summary' | 'description' | 'location';

function textsOf(
  { names, theme, description }: Pick<EventBody, 'names' | 'theme' | 'description'>,
  pick: Picker,
): Pick<CalendarEntry, 'summary' | 'description'> {
  const lines = [theme, description].map((text) => (text ? pick(text) : null));
  return { summary: pick(names), description: joined(lines, '\n\n') };
}

/** From the hall to the economy, as an address is written in a line. */
function locationOf({ venue, mode }: Pick<EventBody, 'venue' | 'mode'>, pick: Picker): string | null {
  const { hall, hotel, city, province, economy = null } = venue ?? {};
  const parts = [hall, hotel, city, province].map((part) => (part ? pick(part) : null));
  return joined([...parts, economy, mode === 'online' ? 'online' : null], ', ');
}

function joined(parts: readonly (string | null)[], by: string): string | null {
  const given = parts.filter((part) => part !== null);
  return given.length === 0 ? null : given.join(by);
}
