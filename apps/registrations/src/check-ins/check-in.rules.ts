import { type Registration } from '../registrations/registration';
import { hasTicket, isOver } from '../registrations/registration.rules';
import { type Ticket } from '../signed-tickets/ticket';
import { type Statement, unsatisfied } from './entry-condition.rules';

/**
 * Who is let in, and what a scan counts as. The rule, in the order in which it is asked:
 * 1. `signature-invalid`: what was scanned is no ticket that we signed.
 * 2. `wrong-event`: a ticket of another event.
 * 3. `registration-unknown`: the event has no such registration.
 * 4. `ticket-expired`: scanned after the ticket's own end.
 * 5. `registration-cancelled`: it had been given up; `cancelled-since`: all was well when it was scanned, but we heard of
 *    the cancellation first, and the place is another's by now.
 * 6. `registration-not-confirmed`: it waits, or it was declined.
 * 7. `ticket-superseded`: another ticket had been issued for the registration by then.
 * 8. `two-gates-at-once`: the ticket went in at another gate less than two minutes before, and not out in between.
 * 9. `entry-condition-unmet`: nobody had said by then that the registration satisfies what the event asks before entry.
 * "When it was scanned" is what the scanner's clock said. 1 to 7 are decided once, when the scan arrives, and so is which
 * conditions are asked of it. 8 and 9 look at all scans of the registration in the order of that clock and then of their
 * ids, so it does not matter in which order they arrive; an earlier scan that arrives later can make a conflict of one
 * that was let in, and a good one of one that was not.
 */
export const conflicts = [
  'signature-invalid',
  'wrong-event',
  'registration-unknown',
  'ticket-expired',
  'registration-cancelled',
  'registration-not-confirmed',
  'ticket-superseded',
  'cancelled-since',
  'two-gates-at-once',
  'entry-condition-unmet',
] as const;

export type Conflict = (typeof conflicts)[number];

/** `entered`: the first time on that day. */
export const outcomes = ['entered', 'reEntered', 'left', 'conflict'] as const;

export type Outcome = (typeof outcomes)[number];

export type Direction = 'in' | 'out';

const AT_ONCE_MS = 120_000;

/** What was held before the scanner: a ticket as far as it could be read, or a registration found by hand. */
export type Presented = { readonly ticket: Ticket | null } | { readonly registrationId: string };

export interface Scan {
  /** The scanner's own, unique within the event. */
  readonly scanId: string;
  readonly presented: Presented;
  readonly scannedAt: Date;
  /** YYYY-MM-DD, the day of the event that it counts for. */
  readonly day: string;
  readonly direction: Direction;
  readonly gate: string | null;
  /** Codes of entry conditions that were seen to be satisfied there. */
  readonly conditionsMet: readonly string[];
  /** Equal for equal scans, and for no others. */
  readonly contentHash: string;
}

/** A scan with what came of it, as it is kept. */
export interface CheckIn extends Omit<Scan, 'presented'> {
  readonly registrationId: string | null;
  readonly ticketNumber: number | null;
  readonly outcome: Outcome;
  readonly conflict: Conflict | null;
  /** Codes of what the event asked before entry when the scan arrived, and which of these were not satisfied. */
  readonly conditionsAsked: readonly string[];
  readonly conditionsUnmet: readonly string[];
}

/** What is known of the event when scans arrive. */
export interface Desk {
  readonly eventId: string;
  readonly registrations: ReadonlyMap<string, Pick<Registration, 'id' | 'status' | 'ticketsEndedAt'>>;
  /** Codes of what has to be satisfied before entry. */
  readonly conditions: readonly string[];
  /** What was said of them otherwise than by a scan, by registration. */
  readonly statements: ReadonlyMap<string, readonly Statement[]>;
}

export interface Settled {
  /** Scans that had not been seen before, as they are to be kept. */
  readonly added: CheckIn[];
  /** Earlier ones of which something else has come. */
  readonly changed: CheckIn[];
  /** Ids of scans that said something else under an id that was taken: the first that came with it stays. */
  readonly reused: ReadonlySet<string>;
}

/**
 * @param known what is kept already: of these registrations, and under these scan ids
 * @param restated registrations of which something has been said, so that all their scans are looked at again
 */
export function settle(
  desk: Desk,
  known: readonly CheckIn[],
  arrived: readonly Scan[],
  restated: readonly string[] = [],
): Settled {
  const before = new Map(known.map((each) => [each.scanId, each]));
  const fresh = new Map<string, CheckIn>();
  const reused = new Set<string>();
  for (const scan of arrived) {
    const same = before.get(scan.scanId) ?? fresh.get(scan.scanId);
    if (same === undefined) fresh.set(scan.scanId, decided(desk, scan));
    else if (same.contentHash !== scan.contentHash) reused.add(scan.scanId);
  }
  // Of the others that share a scan id, not all scans need be known.
  const concerned = new Set([...restated, ...[...fresh.values()].map(({ registrationId }) => registrationId)]);
  const others = known.filter(({ registrationId }) => concerned.has(registrationId));
  const settled = inSequence(desk, [...others, ...fresh.values()]);
  return {
    added: settled.filter(({ scanId }) => fresh.has(scanId)),
    changed: settled.filter((after) => {
      const earlier = before.get(after.scanId);
      return earlier !== undefined && judgement(earlier) !== judgement(after);
    }),
    reused,
  };
}

/** Registrations that somebody came in with. */
export function arrivedWith({ added, changed }: Settled): Set<string> {
  const ids = [...added, ...changed].filter(isEntry).map(({ registrationId }) => registrationId);
  return new Set(ids.filter((id) => id !== null));
}

function judgement({ outcome, conflict, conditionsUnmet }: CheckIn): string {
  return [outcome, conflict, ...conditionsUnmet].join(' ');
}

function isEntry({ outcome }: CheckIn): boolean {
  return outcome === 'entered' || outcome === 'reEntered';
}

function decided(desk: Desk, { presented, ...scan }: Scan): CheckIn {
  const conflict = conflictOf(desk, presented, scan.scannedAt);
  const id = 'ticket' in presented ? (presented.ticket?.registrationId ?? '') : presented.registrationId;
  return {
    ...scan,
    registrationId: conflict !== 'wrong-event' && desk.registrations.has(id) ? id : null,
    ticketNumber: 'ticket' in presented ? (presented.ticket?.number ?? null) : null,
    outcome: conflict === null ? outcomeFor(scan.direction) : 'conflict',
    conflict,
    conditionsAsked: scan.direction === 'in' ? desk.conditions : [],
    conditionsUnmet: [],
  };
}

/** 1 to 7: the one place that says whether a scan is good, apart from what else was scanned. */
function conflictOf(desk: Desk, presented: Presented, scannedAt: Date): Conflict | null {
  const ticket = 'ticket' in presented ? presented.ticket : undefined;
  if (ticket === null) return 'signature-invalid';
  if (ticket !== undefined && ticket.eventId !== desk.eventId) return 'wrong-event';
  const registrationId = 'ticket' in presented ? (ticket?.registrationId ?? '') : presented.registrationId;
  const registration = desk.registrations.get(registrationId);
  if (registration === undefined) return 'registration-unknown';
  if (ticket?.expiresAt !== undefined && ticket.expiresAt !== null && scannedAt.getTime() > ticket.expiresAt * 1_000) {
    return 'ticket-expired';
  }
  const { status, ticketsEndedAt } = registration;
  const endedAt = ticket === undefined ? undefined : ticketsEndedAt[ticket.number - 1];
  const goodThen = ticket !== undefined && endedAt !== undefined && scannedAt < endedAt;
  if (isOver(status)) {
    const lastEnd = endedAt ?? ticketsEndedAt.at(-1);
    return lastEnd !== undefined && scannedAt < lastEnd ? 'cancelled-since' : 'registration-cancelled';
  }
  if (!hasTicket(status)) return 'registration-not-confirmed';
  const isCurrent = ticket === undefined || ticket.number === ticketsEndedAt.length + 1;
  return isCurrent || goodThen ? null : 'ticket-superseded';
}

function outcomeFor(direction: Direction): Outcome {
  return direction === 'in' ? 'entered' : 'left';
}

/** Conflicts that depend on what else there is of the registration. */
const inSequenceOnly: ReadonlySet<Conflict | null> = new Set(['two-gates-at-once', 'entry-condition-unmet', null]);

/** 8, 9, and which entry of a day is the first: for each registration by itself. */
function inSequence({ registrations, statements }: Desk, all: readonly CheckIn[]): CheckIn[] {
  const ordered = all.toSorted(
    (a, b) => a.scannedAt.getTime() - b.scannedAt.getTime() || (a.scanId < b.scanId ? -1 : 1),
  );
  const inside = new Map<string, CheckIn>();
  const daysEntered = new Set<string>();
  const said = new Map<string, Statement[]>();
  return ordered.map((each) => {
    const { registrationId, direction, conflict, day, scannedAt } = each;
    if (registrationId === null || !inSequenceOnly.has(conflict)) return each;
    if (direction === 'out') {
      inside.delete(registrationId);
      return each;
    }
    const last = inside.get(registrationId);
    if (last !== undefined && isElsewhereAtOnce(last, each)) {
      return { ...each, outcome: 'conflict', conflict: 'two-gates-at-once', conditionsUnmet: [] };
    }
    const heard = [...(said.get(registrationId) ?? statements.get(registrationId) ?? []), ...seenAt(each)];
    said.set(registrationId, heard);
    const { ticketsEndedAt = [] } = registrations.get(registrationId) ?? {};
    const conditionsUnmet = unsatisfied(each.conditionsAsked, scannedAt, { statements: heard, ticketsEndedAt });
    if (conditionsUnmet.length > 0) {
      return { ...each, outcome: 'conflict', conflict: 'entry-condition-unmet', conditionsUnmet };
    }
    const entry = `${registrationId} ${day}`;
    const outcome = daysEntered.has(entry) ? 'reEntered' : 'entered';
    daysEntered.add(entry);
    const accepted: CheckIn = { ...each, outcome, conflict: null, conditionsUnmet };
    inside.set(registrationId, accepted);
    return accepted;
  });
}

function seenAt({ conditionsMet, scannedAt }: CheckIn): Statement[] {
  return conditionsMet.map((code) => ({ code, satisfied: true, at: scannedAt }));
}

function isElsewhereAtOnce(last: CheckIn, { gate, scannedAt }: CheckIn): boolean {
  if (gate === null || last.gate === null || gate === last.gate) return false;
  return scannedAt.getTime() - last.scannedAt.getTime() < AT_ONCE_MS;
}
