import { type Closed } from '../events/event-copy.rules';
import { type QuotaLedger } from '../tickets/quota.rules';
import { type Registration, type RegistrationChange, type SignUp } from './registration';
import { differs, endsTicket, isOver, quotasDrawnBy } from './registration.rules';

export type OnExisting = 'refuse' | 'skip' | 'update';

/** A sign-up that is not accepted: `code` is stable, `detail` is for a person and repeats nothing personal. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly quota?: string;
  readonly registrationId?: string;
}

export type Admitted =
  | { readonly outcome: 'created' | 'updated' | 'skipped'; readonly registration: Registration }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export interface AdmissionContext {
  readonly tenantId: string;
  readonly event: { readonly id: string; readonly synthetic: boolean };
  /** Why the event takes no sign-ups now; history does not mind. */
  readonly closed: Closed | null;
  readonly categories: ReadonlySet<string>;
  readonly ledger: QuotaLedger;
  readonly onExisting: OnExisting;
  readonly now: Date;
  readonly newId: () => string;
  readonly fingerprintOf: (signUp: SignUp) => string | null;
  /** Whether the person has asked to be forgotten: nobody brings them back. */
  readonly isErased: (signUp: SignUp) => boolean;
}

export const personErased: Refusal = {
  code: 'person-erased',
  detail: 'This person was erased from the event and is not registered again.',
};

export const refKey = (ref: { system: string; id: string }): string => JSON.stringify([ref.system, ref.id]);

const refused = (code: string, detail: string, rest: Partial<Refusal> = {}): Admitted => ({
  outcome: 'refused',
  refusal: { code, detail, ...rest },
});

/**
 * Decides sign-ups one after the other, each against what the ones before it have left: places and persons. One or five
 * hundred, the rules are the same. Everything it is given is locked or otherwise stands still while it decides.
 */
export class Admission {
  readonly #byRef = new Map<string, string>();
  readonly #byPerson = new Map<string, string>();
  readonly #current = new Map<string, Registration>();
  readonly #original = new Map<string, Registration>();
  readonly #changed = new Set<string>();

  constructor(
    private readonly context: AdmissionContext,
    existing: readonly Registration[],
  ) {
    for (const registration of existing) {
      this.#original.set(registration.id, registration);
      this.#remember(registration);
    }
  }

  admit(signUp: SignUp): Admitted {
    if (this.context.isErased(signUp)) return { outcome: 'refused', refusal: personErased };
    const fingerprint = this.context.fingerprintOf(signUp);
    const found = this.#find(signUp, fingerprint);
    if (found === undefined) return this.#create(signUp, fingerprint);
    if (found.eventId !== this.context.event.id) {
      return refused('external-ref-taken', 'The external reference belongs to a registration for another event.');
    }
    if (this.context.onExisting === 'skip') return { outcome: 'skipped', registration: found };
    if (this.context.onExisting === 'refuse') return alreadyRegistered(found);
    return this.#update(found, signUp, fingerprint);
  }

  /** Puts `after` in the place of what the registration was, if places and persons allow. */
  correct(found: Registration, after: Registration): Admitted {
    const { categories, ledger, now } = this.context;
    if (!differs(found, after)) return { outcome: 'skipped', registration: found };
    const namesake = after.fingerprint === null ? undefined : this.#byPerson.get(after.fingerprint);
    if (namesake !== undefined && namesake !== found.id) return alreadyRegistered({ id: namesake });
    if (after.externalRefs.some((ref) => (this.#byRef.get(refKey(ref)) ?? found.id) !== found.id)) {
      return refused('external-ref-taken', 'An external reference belongs to another registration.');
    }
    if (found.category !== after.category && !categories.has(after.category)) return this.#unknownCategory();
    const full = ledger.move(quotasDrawnBy(found), quotasDrawnBy(after), after.historical);
    if (full !== null) return quotaFull(full);
    // Many corrections in one transaction are one change, with one version and one message.
    const version = (this.#original.get(found.id)?.version ?? 0) + 1;
    const ticketsEndedAt = endsTicket(found, after) ? [...found.ticketsEndedAt, now] : after.ticketsEndedAt;
    return { outcome: 'updated', registration: this.#keep({ ...after, ticketsEndedAt, version, updatedAt: now }) };
  }

  /** What has to be written, in the order in which it was first touched. */
  changes(): RegistrationChange[] {
    return [...this.#changed].map((id) => ({
      before: this.#original.get(id) ?? null,
      after: this.#current.get(id) as Registration,
    }));
  }

  #find(signUp: SignUp, fingerprint: string | null): Registration | undefined {
    const byRef = signUp.externalRefs.map((ref) => this.#byRef.get(refKey(ref))).find((id) => id !== undefined);
    const id = byRef ?? (fingerprint === null ? undefined : this.#byPerson.get(fingerprint));
    return id === undefined ? undefined : this.#current.get(id);
  }

  #create(signUp: SignUp, fingerprint: string | null): Admitted {
    const { tenantId, event, closed, categories, ledger, now, newId } = this.context;
    if (!categories.has(signUp.category)) return this.#unknownCategory();
    if (closed !== null && !signUp.historical) return refused(closed.code, closed.detail);
    const full = ledger.move([], quotasDrawnBy(signUp), signUp.historical);
    if (full !== null) return quotaFull(full);
    const registration: Registration = {
      ...signUp,
      id: newId(),
      tenantId,
      eventId: event.id,
      synthetic: event.synthetic,
      fingerprint,
      ticketsEndedAt: [],
      erasedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return { outcome: 'created', registration: this.#keep(registration) };
  }

  #update(found: Registration, signUp: SignUp, fingerprint: string | null): Admitted {
    if (isOver(found.status) && !signUp.historical) {
      return refused('registration-over', `The registration is ${found.status}.`, { registrationId: found.id });
    }
    return this.correct(found, {
      ...found,
      ...signUp,
      status: signUp.historical ? signUp.status : found.status,
      historical: found.historical,
      externalRefs: union(found, signUp),
      fingerprint,
    });
  }

  #keep(registration: Registration): Registration {
    this.#changed.add(registration.id);
    const before = this.#current.get(registration.id);
    if (before !== undefined && before.fingerprint !== null) this.#byPerson.delete(before.fingerprint);
    this.#remember(registration);
    return registration;
  }

  #remember(registration: Registration): void {
    this.#current.set(registration.id, registration);
    for (const ref of registration.externalRefs) this.#byRef.set(refKey(ref), registration.id);
    if (registration.fingerprint !== null && !isOver(registration.status)) {
      this.#byPerson.set(registration.fingerprint, registration.id);
    }
  }

  #unknownCategory(): Admitted {
    const known = [...this.context.categories].join(', ') || 'none';
    return refused('category-unknown', `The event has no such ticket category; it has: ${known}.`);
  }
}

function union(found: Registration, { externalRefs }: SignUp): SignUp['externalRefs'] {
  const known = new Set(found.externalRefs.map(refKey));
  return [...found.externalRefs, ...externalRefs.filter((ref) => !known.has(refKey(ref)))];
}

function alreadyRegistered({ id }: Pick<Registration, 'id'>): Admitted {
  return refused('already-registered', 'This person or external reference is already registered.', {
    registrationId: id,
  });
}

function quotaFull(quota: string): Admitted {
  return refused('quota-full', `No place is left in the quota ${quota}.`, { quota });
}
