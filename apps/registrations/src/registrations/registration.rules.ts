import { isDeepStrictEqual } from 'node:util';
import { type Registration, type RegistrationChange, type RegistrationStatus, type SignUp } from './registration';

export type RegistrationAction = 'cancel' | 'check-in' | 'reissue-ticket';

interface Step {
  readonly from: readonly RegistrationStatus[];
  readonly change: (before: Registration, now: Date) => Partial<Registration>;
}

const steps: Record<RegistrationAction, Step> = {
  cancel: { from: ['pendingApproval', 'confirmed', 'waitlisted'], change: () => ({ status: 'cancelled' }) },
  'check-in': { from: ['confirmed'], change: () => ({ status: 'checkedIn' }) },
  'reissue-ticket': {
    from: ['confirmed', 'checkedIn'],
    change: ({ ticketsEndedAt }, now) => ({ ticketsEndedAt: [...ticketsEndedAt, now] }),
  },
};

export function actionsFrom(status: RegistrationStatus): RegistrationAction[] {
  return (Object.keys(steps) as RegistrationAction[]).filter((action) => steps[action].from.includes(status));
}

/** The registration after the action, or null where its status does not allow it. */
export function afterAction(action: RegistrationAction, before: Registration, now: Date): Registration | null {
  const { from, change } = steps[action];
  return from.includes(before.status) ? { ...before, ...change(before, now) } : null;
}

/** Whoever was let in needs the ticket to come in again. */
export function hasTicket(status: RegistrationStatus): boolean {
  return status === 'confirmed' || status === 'checkedIn';
}

/** Whether a ticket in somebody's hands says, after the change, what is no longer so: another person's, of another category. */
export function endsTicket(before: Registration, after: Registration): boolean {
  if (!hasTicket(before.status)) return false;
  return !hasTicket(after.status) || before.category !== after.category || before.fingerprint !== after.fingerprint;
}

/** Who did not turn up held a place all the same; who waits, was declined or cancelled holds none. */
export function holdsPlace(status: RegistrationStatus): boolean {
  return status !== 'waitlisted' && !isOver(status);
}

/** A registration that came to nothing: the person may sign up again, and only history may be put right. */
export function isOver(status: RegistrationStatus): boolean {
  return status === 'cancelled' || status === 'declined';
}

/** Quotas that a registration draws from, as far as the event has them. */
export function quotasDrawnBy({
  status,
  category,
  economy,
}: Pick<SignUp, 'status' | 'category' | 'economy'>): string[] {
  if (!holdsPlace(status)) return [];
  return economy === null ? ['event', category] : ['event', category, economy];
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
