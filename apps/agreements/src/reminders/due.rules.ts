import { boundsOf, instantOf, type PartialDate } from '@expo-accord/values';

const DAY_MS = 86_400_000;

/** Days before something is due at which it is told, where neither the commitment nor the tenant says. */
export const usualLeadDays: readonly number[] = [90, 30, 7];

export type DueState = 'upcoming' | 'dueSoon' | 'overdue';
export const dueStates: readonly DueState[] = ['upcoming', 'dueSoon', 'overdue'];

/** When something is over: the last day (or the exact time) that its date allows, and the instant after that. */
export interface Deadline {
  /** The last day, YYYY-MM-DD, as written. */
  dueOn: string;
  /** The first instant at which it is late. */
  dueAt: Date;
}

/**
 * The meaning of a due date: somebody who does it on the last day that the date allows, by the clocks of the zone, is on
 * time. "2016" is over when 2016 ends there, a month with its last day, an interval with its end; a date with a time of
 * day is over at that time. Null where the end is open. A part of the day does not shorten it.
 * @param zone an IANA time zone
 */
export function deadlineOf(due: PartialDate | null | undefined, zone: string): Deadline | null {
  const latest = due ? boundsOf(due).latest : null;
  if (!due || latest === null || !/^\d{4}-/.test(latest)) return null;
  const dueOn = latest.slice(0, 10);
  const end = due.edtf.split('/').at(-1) ?? '';
  if (end.includes('T')) {
    const isInstant = /(Z|[+-]\d{2}(:?\d{2})?)$/.test(end);
    return { dueOn, dueAt: new Date(isInstant ? latest : instantOf({ local: latest.slice(0, 19), zone })) };
  }
  const dayAfter = new Date(Date.parse(`${dueOn}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  if (!/^\d{4}-/.test(dayAfter)) return null;
  return { dueOn, dueAt: new Date(instantOf({ local: `${dayAfter}T00:00`, zone })) };
}

/** When each lead time (days of 24 hours) before the deadline begins; 0 is the deadline itself. The earliest first. */
export function remindersOf({ dueAt }: Deadline, leadDays: readonly number[]): { leadDays: number; at: Date }[] {
  return [...new Set([...leadDays, 0])]
    .sort((one, other) => other - one)
    .map((days) => ({ leadDays: days, at: new Date(dueAt.getTime() - days * DAY_MS) }));
}

/** From when on it is due soon: the longest lead time. Without any it is never soon. */
export function dueSoonAtOf({ dueAt }: Deadline, leadDays: readonly number[]): Date {
  return new Date(dueAt.getTime() - Math.max(0, ...leadDays) * DAY_MS);
}

export function dueStateAt(now: Date, { dueAt, dueSoonAt }: { dueAt: Date; dueSoonAt: Date }): DueState {
  if (now >= dueAt) return 'overdue';
  return now >= dueSoonAt ? 'dueSoon' : 'upcoming';
}

/** Whether something is certainly due before what it follows from began: undertaken or signed. */
export function isDueBefore(due: PartialDate | null | undefined, began: PartialDate | null | undefined): boolean {
  const [latest, earliest] = [due && boundsOf(due).latest, began && boundsOf(began).earliest];
  return Boolean(latest && earliest) && String(latest) < String(earliest);
}
