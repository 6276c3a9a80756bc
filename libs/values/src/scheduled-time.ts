import { Type, type Static } from '@sinclair/typebox';
import { type Problem } from './problem';
import { closed, fits, shapeProblems } from './schema-check';

/** A time of a programme: wall-clock time in a place. This is the truth; the instant is derived and may move with the zone's law. */
export const ScheduledTime = Type.Object({
  local: Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$',
    description: 'a local time YYYY-MM-DDTHH:mm[:ss]',
  }),
  zone: Type.String({
    pattern: '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$',
    maxLength: 64,
    description: 'an IANA time zone',
  }),
});
export type ScheduledTime = Static<typeof ScheduledTime>;

const strict = closed(ScheduledTime);

/** Beyond the shape: the day and the zone exist. */
export function checkScheduledTime(value: unknown): Problem[] {
  const problems = shapeProblems(strict, value);
  if (problems.length > 0 || !fits(strict, value)) return problems;
  if (asIfUtc(value.local) === undefined) {
    problems.push({ pointer: '/local', code: 'time-not-real', detail: 'There is no such day or time.' });
  }
  if (clockOf(value.zone) === undefined) {
    problems.push({ pointer: '/zone', code: 'zone-unknown', detail: 'This is not an IANA time zone.' });
  }
  return problems;
}

/**
 * The instant (ISO, UTC) at which clocks in the zone show the local time. A time shown twice is the first of the two; a
 * time skipped in spring counts on with the offset before it (as Temporal's "compatible" does).
 * @throws RangeError for a time or zone that `checkScheduledTime` refuses.
 */
export function instantOf(time: ScheduledTime): string {
  const wall = asIfUtc(time.local);
  const clock = clockOf(time.zone);
  if (wall === undefined || clock === undefined) throw new RangeError('This is not a time in an IANA time zone.');
  const dayMs = 86_400_000;
  const before = wall - offsetMs(clock, wall - dayMs);
  const after = wall - offsetMs(clock, wall + dayMs);
  const shown = [before, after].find((instant) => instant + offsetMs(clock, instant) === wall);
  return new Date(shown ?? before).toISOString();
}

/**
 * The day (YYYY-MM-DD) that calendars in the zone show at the instant.
 * @throws RangeError for what is no IANA time zone
 */
export function dayIn(zone: string, instant: Date): string {
  const clock = clockOf(zone);
  if (clock === undefined) throw new RangeError('This is not an IANA time zone.');
  return new Date(instant.getTime() + offsetMs(clock, instant.getTime())).toISOString().slice(0, 10);
}

/** The wall clock read as if it were UTC, in milliseconds; undefined where the calendar has no such day or time, or year 0. */
function asIfUtc(local: string): number | undefined {
  const withSeconds = local.length === 16 ? `${local}:00` : local;
  const milliseconds = Date.parse(`${withSeconds}Z`);
  const real =
    !local.startsWith('0000') &&
    !Number.isNaN(milliseconds) &&
    new Date(milliseconds).toISOString().startsWith(withSeconds);
  return real ? milliseconds : undefined;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A formatter that shows the zone's wall clock; making one is slow, so each zone's is kept (there are about 600). */
function clockOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(zone);
  if (known) return known;
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(zone, clock);
    return clock;
  } catch {
    return undefined;
  }
}

function offsetMs(clock: Intl.DateTimeFormat, instant: number): number {
  const shown = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  // Date.UTC takes the years up to 99 for those of the twentieth century.
  return new Date(Date.UTC(2000, month - 1, day, hour, minute, second)).setUTCFullYear(year, month - 1, day) - instant;
}
