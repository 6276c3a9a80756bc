import { isDeepStrictEqual } from 'node:util';
import { type QuotaLedger, WHOLE_EVENT } from '../tickets/quota.rules';
import { type CategoryTerms } from '../tickets/ticket-category.rules';
import { isSomebodyElse } from './person-fingerprint';
import { type Registration, type RegistrationChange, type RegistrationStatus, type SignUp } from './registration';

interface Step {
  readonly from: readonly RegistrationStatus[];
  readonly change: (before: Registration, now: Date) => Partial<Registration>;
}

/** Every step that there is; from waiting to a place there is none, because places are given in turn. */
const steps = {
  approve: { from: ['pendingApproval'], change: () => ({ status: 'confirmed' }) },
  decline: { from: ['pendingApproval', 'waitlisted'], change: () => ({ status: 'declined' }) },
  cancel: { from: ['pendingApproval', 'confirmed', 'waitlisted'], change: () => ({ status: 'cancelled' }) },
  // Whoever was given up comes late, or is in scans that were offline until now.
  'check-in': { from: ['confirmed', 'noShow'], change: () => ({ status: 'checkedIn' }) },
  transfer: { from: ['pendingApproval', 'confirmed', 'waitlisted'], change: ({ status }) => ({ status }) },
  'no-show': { from: ['confirmed'], change: () => ({ status: 'noShow' }) },
  'reissue-ticket': {
    from: ['confirmed', 'checkedIn', 'noShow'],
    change: ({ ticketsEndedAt }, now) => ({ ticketsEndedAt: [...ticketsEndedAt, now] }),
  },
} as const satisfies Record<string, Step>;

export type RegistrationAction = keyof typeof steps;

export const registrationActions = Object.keys(steps) as RegistrationAction[];

export function actionsFrom(status: RegistrationStatus): RegistrationAction[] {
  return registrationActions.filter((action) => isAllowed(action, status));
}

/** The registration after the action, or null where its status does not allow it. */
export function afterAction(action: RegistrationAction, before: Registration, now: Date): Registration | null {
  return isAllowed(action, before.status) ? { ...before, ...steps[action].change(before, now) } : null;
}

function isAllowed(action: RegistrationAction, status: RegistrationStatus): boolean {
  const from: readonly RegistrationStatus[] = steps[action].from;
  return from.includes(status);
}

/** Whether places become free by it, or a party that waits becomes smaller: then somebody else may have a turn. */
export function mayFreePlaces(action: RegistrationAction): boolean {
  return action === 'cancel' || action === 'decline';
}

/** Whoever was let in needs the ticket to come in again, and whoever did not turn up may still come. */
export function hasTicket(status: RegistrationStatus): boolean {
  return status === 'confirmed' || status === 'checkedIn' || status === 'noShow';
}

/** Whether a ticket in somebody's hands says, after the change, what is no longer so: another person's, of another category. */
export function endsTicket(before: Registration, after: Registration): boolean {
  if (!hasTicket(before.status)) return false;
  return !hasTicket(after.status) || before.category !== after.category || isOfAnother(before, after);
}

/** Where the event does not know the person, by what is usual: somebody else's ticket would let in two. */
function isOfAnother(before: Registration, after: Registration): boolean {
  const isUnknown = before.fingerprint === null && after.fingerprint === null;
  return isUnknown ? isSomebodyElse(before.person, after.person) : before.fingerprint !== after.fingerprint;
}

/** Who did not turn up held a place all the same; who waits, was declined or cancelled holds none. */
export function holdsPlace(status: RegistrationStatus): boolean {
  return status !== 'waitlisted' && !isOver(status);
}

/** Who waits for a place; of history only that they did. */
export function isQueued({ status, historical }: Pick<SignUp, 'status' | 'historical'>): boolean {
  return status === 'waitlisted' && !historical;
}

/** A registration that came to nothing: the person may sign up again, and only history may be put right. */
export function isOver(status: RegistrationStatus): boolean {
  return status === 'cancelled' || status === 'declined';
}

/** Quotas that a registration draws from, as far as the event has them. */
export function quotasDrawnBy({
  status,
  ...wanted
}: Pick<SignUp, 'status' | 'category' | 'economy' | 'sessionIds'>): string[] {
  return holdsPlace(status) ? quotasWantedBy(wanted) : [];
}

/** The same for who has no place yet. */
export function quotasWantedBy({
  category,
  economy,
  sessionIds,
}: Pick<SignUp, 'category' | 'economy' | 'sessionIds'>): string[] {
  return [WHOLE_EVENT, category, ...(economy === null ? [] : [economy]), ...sessionIds];
}

/** What a place is given as; history has the status that it was entered with. */
export function statusOfPlace(category: Pick<CategoryTerms, 'requiresApproval'>): RegistrationStatus {
  return category.requiresApproval ? 'pendingApproval' : 'confirmed';
}

/** Quotas in which somebody who waits may find a place because of the change. */
export function quotasFreedBy({ before, after }: RegistrationChange, ledger: Pick<QuotaLedger, 'known'>): string[] {
  if (before === null) return [];
  // Whoever changes what it waits for, or leaves a party that waits, may let itself or the party in.
  if (isQueued(before)) return [...quotasWantedBy(before), ...quotasWantedBy(after)];
  const kept = quotasDrawnBy(after);
  return ledger.known(quotasDrawnBy(before)).filter((name) => !kept.includes(name));
}

/** Whether somebody else may be registered as this person from now on. */
export function freesPerson({ before, after }: RegistrationChange): boolean {
  return before !== null && (before.fingerprint !== after.fingerprint || isOver(after.status));
}

const changeable = [
  'person',
  'organization',
  'economy',
  'mode',
  'language',
  'category',
  'sessionIds',
  'answers',
  'formVersion',
  'notify',
  'externalRefs',
  'status',
  'registeredOn',
  'ticketsEndedAt',
] as const satisfies readonly (keyof Registration)[];

/** Whether anything that a caller can bring about differs. */
export function differs(before: Registration, after: Registration): boolean {
  return changeable.some((field) => !isDeepStrictEqual(before[field], after[field]));
}

/** Whether nothing but the status moved on, to one in which the person is known as before or not at all. */
export function onlyMovesOn({ before, after }: RegistrationChange): boolean {
  if (before === null || (isOver(before.status) && !isOver(after.status))) return false;
  const { status, ticketsEndedAt } = after;
  return !differs({ ...before, status, ticketsEndedAt }, after);
}

/** Somebody who asked for mail, can be reached, and is not part of history. */
export function isWrittenTo({ notify, historical, person }: SignUp): boolean {
  return notify && !historical && person.email !== null;
}

/** Whether notifications has to hear how to reach the person: for the first time, or because it changed. */
export function contactChanged(before: Registration | null, after: Registration): boolean {
  if (!isWrittenTo(after)) return false;
  if (before === null || !isWrittenTo(before)) return true;
  return (
    before.person.email !== after.person.email ||
    before.language !== after.language ||
    !isDeepStrictEqual(before.person.name, after.person.name)
  );
}
