import { type Registration } from '../registrations/registration';
import { hasTicket, isOver } from '../registrations/registration.rules';
import { type Ticket } from '../signed-tickets/ticket';

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
 * "When it was scanned" is what the scanner's clock said. 1 to 7 are decided once, when the scan arrives. 8 looks at all
 * scans of the registration in the order of that clock and then of their ids, so it does not matter in which order they
 * arrive; an earlier scan that arrives later can make a conflict of one that was let in.
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
  /** Equal for equal scans, and for no others. */
  readonly contentHash: string;
}

/** A scan with what came of it, as it is kept. */
export interface CheckIn extends Omit<Scan, 'presented'> {
  readonly registrationId: string | null;
  readonly ticketNumber: number | null;
  readonly outcome: Outcome;
  readonly conflict: Conflict | null;
}

/** What is known of the event when scans arrive. */
export interface Desk {
  readonly eventId: string;
  readonly registrations: ReadonlyMap<string, Pick<Registration, 'id' | 'status' | 'ticketsEndedAt'>>;
}

export interface Settled {
  /** Scans that had not been seen before, as they are to be kept. */
  readonly added: CheckIn[];
  /** Earlier ones of which something else has come. */
  readonly changed: CheckIn[];
  /** Ids of scans that said something else under an id that was taken: the first that came with it stays. */
  readonly reused: ReadonlySet<string>;
}

/** @param known what is kept already: of these registrations, and under these scan ids */
export function settle(desk: Desk, known: readonly CheckIn[], arrived: readonly Scan[]): Settled {
  const before = new Map(known.map((each) => [each.scanId, each]));
  const fresh = new Map<string, CheckIn>();
  const reused = new Set<string>();
  for (const scan of arrived) {
    const same = before.get(scan.scanId) ?? fresh.get(scan.scanId);
    if (same === undefined) fresh.set(scan.scanId, decided(desk, scan));
    else if (same.contentHash !== scan.contentHash) reused.add(scan.scanId);
  }
  // Of the others that share a scan id, not all scans need be known.
  const concerned = new Set([...fresh.values()].map(({ registrationId }) => registrationId));
  const others = known.filter(({ registrationId }) => concerned.has(registrationId));
  const settled = inSequence([...others, ...fresh.values()]);
  return {
    added: settled.filter(({ scanId }) => fresh.has(scanId)),
    changed: settled.filter((after) => {
      const earlier = before.get(after.scanId);
      return earlier !== undefined && (earlier.outcome !== after.outcome || earlier.conflict !== after.conflict);
    }),
    reused,
  };
}

/** Registrations that somebody came in with. */
export function arrivedWith({ added }: Settled): Set<string> {
  const ids = added.filter(isEntry).map(({ registrationId }) => registrationId);
  return new Set(ids.filter((id) => id !== null));
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

/** 8, and which entry of a day is the first: for each registration by itself. */
function inSequence(all: readonly CheckIn[]): CheckIn[] {
  const ordered = all.toSorted(
    (a, b) => a.scannedAt.getTime() - b.scannedAt.getTime() || (a.scanId < b.scanId ? -1 : 1),
  );
  const inside = new Map<string, CheckIn>();
  const daysEntered = new Set<string>();
  return ordered.map((each) => {
    const { registrationId, direction, conflict, day } = each;
    if (registrationId === null || (conflict !== null && conflict !== 'two-gates-at-once')) return each;
    if (direction === 'out') {
      inside.delete(registrationId);
      return each;
    }
    const last = inside.get(registrationId);
    if (last !== undefined && isElsewhereAtOnce(last, each)) {
      return { ...each, outcome: 'conflict', conflict: 'two-gates-at-once' };
    }
    const entry = `${registrationId} ${day}`;
    const outcome = daysEntered.has(entry) ? 'reEntered' : 'entered';
    daysEntered.add(entry);
    const accepted: CheckIn = { ...each, outcome, conflict: null };
    inside.set(registrationId, accepted);
    return accepted;
  });
}

function isElsewhereAtOnce(last: CheckIn, { gate, scannedAt }: CheckIn): boolean {
  if (gate === null || last.gate === null || gate === last.gate) return false;
  return scannedAt.getTime() - last.scannedAt.getTime() < AT_ONCE_MS;
}
