import { type Problem } from '@expo-accord/values';
import { type Closed } from '../events/event-copy.rules';
import { type QuotaLedger } from '../tickets/quota.rules';
import { type CategoryTerms } from '../tickets/ticket-category.rules';
import { type Registration, type RegistrationChange, type SignUp } from './registration';
import { differs, endsTicket, isOver, quotasDrawnBy, statusOfPlace } from './registration.rules';

export type OnExisting = 'refuse' | 'skip' | 'update';

/** A sign-up that is not accepted: `code` is stable, `detail` is for a person and repeats nothing personal. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly quota?: string;
  /** With `quota`: whether a new sign-up would wait for a place. */
  readonly waitlist?: boolean;
  readonly registrationId?: string;
  /** Fields that are wrong by themselves, rather than at odds with what there is. */
  readonly errors?: readonly Problem[];
}

export type Admitted =
  | { readonly outcome: 'created' | 'waitlisted' | 'updated' | 'skipped'; readonly registration: Registration }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export interface AdmissionContext {
  readonly tenantId: string;
  readonly event: { readonly id: string; readonly synthetic: boolean; readonly sessionIds: readonly string[] };
  /** Why the event takes no sign-ups now; history does not mind. */
  readonly closed: Closed | null;
  readonly categories: ReadonlyMap<string, CategoryTerms>;
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

const wrongField = (pointer: string, code: string, detail: string): Admitted =>
  refused(code, detail, { errors: [{ pointer, code, detail }] });

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
    const { ledger, now } = this.context;
    if (!differs(found, after)) return { outcome: 'skipped', registration: found };
    const namesake = after.fingerprint === null ? undefined : this.#byPerson.get(after.fingerprint);
    if (namesake !== undefined && namesake !== found.id) return alreadyRegistered({ id: namesake });
    if (after.externalRefs.some((ref) => (this.#byRef.get(refKey(ref)) ?? found.id) !== found.id)) {
      return refused('external-ref-taken', 'An external reference belongs to another registration.');
    }
    const wrong = this.#wrongChoice(after, found);
    if (wrong !== null) return wrong;
    const status = this.#statusBehind(found, after);
    const full = ledger.move(quotasDrawnBy(found), quotasDrawnBy({ ...after, status }), after.historical);
    if (full !== null) return this.#quotaFull(full, after);
    // Many corrections in one transaction are one change, with one version and one message.
    const version = (this.#original.get(found.id)?.version ?? 0) + 1;
    const ticketsEndedAt = endsTicket(found, { ...after, status })
      ? [...found.ticketsEndedAt, now]
      : after.ticketsEndedAt;
    return {
      outcome: 'updated',
      registration: this.#keep({ ...after, status, ticketsEndedAt, version, updatedAt: now }),
    };
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
    const { closed, ledger } = this.context;
    const wrong = this.#wrongChoice(signUp);
    if (wrong !== null) return wrong;
    if (closed !== null && !signUp.historical) return refused(closed.code, closed.detail);
    const terms = this.context.categories.get(signUp.category) as CategoryTerms;
    const status = signUp.historical ? signUp.status : statusOfPlace(terms);
    const full = ledger.move([], quotasDrawnBy({ ...signUp, status }), signUp.historical);
    if (full === null) return { outcome: 'created', registration: this.#add({ ...signUp, status }, fingerprint) };
    if (!terms.waitlist) return this.#quotaFull(full, signUp);
    return { outcome: 'waitlisted', registration: this.#add({ ...signUp, status: 'waitlisted' }, fingerprint) };
  }

  #add(signUp: SignUp, fingerprint: string | null): Registration {
    const { tenantId, event, now, newId } = this.context;
    return this.#keep({
      ...signUp,
      id: newId(),
      tenantId,
      eventId: event.id,
      synthetic: event.synthetic,
      fingerprint,
      delegationId: null,
      ticketsEndedAt: [],
      erasedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
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

  /** What the event does not have; of a registration only what is new in it, because categories and sessions go away. */
  #wrongChoice(asked: SignUp, found?: Registration): Admitted | null {
    const { categories, event } = this.context;
    if (asked.category !== found?.category && !categories.has(asked.category)) {
      const known = [...categories.keys()].join(', ') || 'none';
      const detail = `The event has no such ticket category; it has: ${known}.`;
      return wrongField('/category', 'category-unknown', detail);
    }
    const index = asked.sessionIds.findIndex(
      (id) => found?.sessionIds.includes(id) !== true && !event.sessionIds.includes(id),
    );
    if (index < 0) return null;
    return wrongField(`/sessionIds/${index}`, 'session-unknown', 'The event has no such session.');
  }

  /** Nobody comes past the approval that a category asks for by signing up for another first. */
  #statusBehind(found: Registration, after: Registration): Registration['status'] {
    const isMoved = found.category !== after.category && after.status === 'confirmed' && !after.historical;
    const terms = this.context.categories.get(after.category);
    return isMoved && terms !== undefined ? statusOfPlace(terms) : after.status;
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

  #quotaFull(quota: string, { category }: SignUp): Admitted {
    const waitlist = this.context.categories.get(category)?.waitlist ?? false;
    return refused('quota-full', `No place is left in the quota ${quota}.`, { quota, waitlist });
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
