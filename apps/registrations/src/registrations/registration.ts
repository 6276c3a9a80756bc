import { type ExternalRef, type PartialDate, type PersonName } from '@expo-accord/values';

export const registrationStatuses = [
  'pendingApproval',
  'confirmed',
  'checkedIn',
  'waitlisted',
  'declined',
  'cancelled',
  'noShow',
] as const;

export type RegistrationStatus = (typeof registrationStatuses)[number];

export interface IdentityDocument {
  readonly kind: string;
  readonly number: string;
  readonly economy?: string;
}

export interface Person {
  readonly name: PersonName;
  readonly email: string | null;
  readonly phone: string | null;
  readonly document: IdentityDocument | null;
}

/** By id when the events service knows it, and by name as written on the form. */
export interface Organization {
  readonly id: string | null;
  readonly name: string | null;
}

/** What a sign-up says, in full: what was left out has its default here. */
export interface SignUp {
  readonly person: Person;
  readonly organization: Organization | null;
  readonly economy: string | null;
  readonly mode: string;
  readonly language: string | null;
  readonly category: string;
  /** Sessions of the programme in which the person wants a seat. */
  readonly sessionIds: readonly string[];
  readonly answers: Record<string, unknown>;
  readonly formVersion: number | null;
  readonly notify: boolean;
  /** `notify` was not said, and is for who is new: who is registered keeps theirs. */
  readonly keepsNotify?: boolean;
  readonly externalRefs: readonly ExternalRef[];
  readonly historical: boolean;
  /** Chosen by whoever enters history; everybody else is confirmed. */
  readonly status: RegistrationStatus;
  readonly registeredOn: PartialDate | null;
  /** Hash of the invitation code that was named: to be spent, not kept. */
  readonly invitation?: string;
}

/** In the place of whoever was erased. */
export const nobody: Person = { name: { texts: {}, order: 'familyFirst' }, email: null, phone: null, document: null };

export interface Registration extends SignUp {
  readonly id: string;
  readonly tenantId: string;
  readonly eventId: string;
  readonly synthetic: boolean;
  readonly fingerprint: string | null;
  /** Whom it waits and is admitted with. */
  readonly delegationId: string | null;
  /** When each earlier ticket of the registration ended; the ticket that counts now has the number behind them. */
  readonly ticketsEndedAt: readonly Date[];
  /** When the person was erased: since then it is of nobody, and counts as before. */
  readonly erasedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A registration before and after a change; `before` is null for a new one. */
export interface RegistrationChange {
  readonly before: Registration | null;
  readonly after: Registration;
}
