import ical, { ICalEventStatus } from 'ical-generator';
import { type CalendarEntry } from './calendar.rules';

/**
 * RFC 5545, with instants in UTC: a reader fetches the calendar again and again, and so hears of a zone's new law as of
 * any other change. Time zones beside them (VTIMEZONE) would have to hold the rules of each year: those that
 * timezones-ical-library 2.3.2 gives are today's, by which a meeting in São Paulo in the summer of 2015 would be an hour off.
 */
export function icalendar(name: string, entries: readonly CalendarEntry[]): string {
  const calendar = ical({ name: escaped(name), prodId: { company: 'expo-accord', product: 'events' } });
  for (const entry of entries) {
    calendar.createEvent({
      id: entry.uid,
      sequence: entry.revision,
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      start: entry.start,
      end: entry.end,
      allDay: entry.allDay,
      summary: entry.summary,
      description: entry.description,
      location: entry.location,
      status: ICalEventStatus[entry.status],
      url: entry.url,
    });
  }
  return calendar.toString();
}

/** The library does so with every text but this, in which a line break would begin a line of the sender's own. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r\n|\r|\n/g, String.raw`\n`);
}
