import { type Closed } from '../events/event-copy.rules';
import { type FormBook } from '../forms/form-book.rules';
import { type InvitationLedger } from '../invitations/invitation.rules';
import { type QuotaLedger } from '../tickets/quota.rules';
import { type CategoryTerms } from '../tickets/ticket-category.rules';
import { refKey, union } from './external-refs.rules';
import { alreadyRegistered, type Refusal, type Refused, refused } from './refusal';
import { type Registration, type RegistrationChange, type SignUp } from './registration';
import { differs, endsTicket, hasTicket, isOver, quotasDrawnBy, statusOfPlace } from './registration.rules';
import { wrongChoice } from './wrong-choice.rules';

export type OnExisting = 'refuse' | 'skip' | 'update';

export type Admitted =
  { readonly outcome: 'created' | 'waitlisted' | 'updated' | 'skipped'; readonly registration: Registration } | Refused;

export interface AdmissionContext {
  readonly tenantId: string;
  readonly event: { readonly id: string; readonly synthetic: boolean; readonly sessionIds: readonly string[] };
  /** Why the event takes no sign-ups now; history does not mind. */
  readonly closed: Closed | null;
  readonly categories: ReadonlyMap<string, CategoryTerms>;
  readonly forms: FormBook;
  readonly invitations: InvitationLedger;
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

  /**
   * Sign-ups of one delegation: with a place each, or all waiting. Where one is refused, nothing of the admission may be
   * written.
   * @param isQueued whether the delegation waits already; then they wait with it
   */
  admitTogether(signUps: readonly SignUp[], delegationId: string, isQueued: boolean): Admitted[] {
    const { categories, ledger } = this.context;
    const statusOf = (signUp: SignUp): Registration['status'] =>
      signUp.historical ? signUp.status : statusOfPlace(categories.get(signUp.category) ?? { requiresApproval: false });
    const draws = signUps.map((signUp) => quotasDrawnBy({ ...signUp, status: statusOf(signUp) }));
    const isHistory = signUps.every(({ historical }) => historical);
    const full = isQueued ? null : ledger.draw(draws, isHistory);
    return signUps.map((asked) => {
      if (this.context.isErased(asked)) return { outcome: 'refused', refusal: personErased };
      const signUp = this.#answering(asked);
      const fingerprint = this.context.fingerprintOf(signUp);
      const found = this.#find(signUp, fingerprint);
      if (found !== undefined) return alreadyRegistered(found);
      const wrong = wrongChoice(this.context, signUp) ?? this.#closedTo(signUp);
      if (wrong !== null) return wrong;
      if (full === null && !isQueued) {
        return {
          outcome: 'created',
          registration: this.#add({ ...signUp, status: statusOf(signUp) }, fingerprint, delegationId),
        };
      }
      if (full !== null && categories.get(signUp.category)?.waitlist !== true) return this.#quotaFull(full, signUp);
      return {
        outcome: 'waitlisted',
        registration: this.#add({ ...signUp, status: 'waitlisted' }, fingerprint, delegationId),
      };
    });
  }

  /**
   * Puts `after` in the place of what the registration was, if places and persons allow.
   * @param isTransfer whether it is somebody else's from now on, rather than put right
   */
  correct(found: Registration, wanted: Registration, isTransfer = false): Admitted {
    const { ledger, now } = this.context;
    const after = this.#answering(wanted, isTransfer ? undefined : found);
    if (!isTransfer && !differs(found, after)) return { outcome: 'skipped', registration: found };
    const namesake = after.fingerprint === null ? undefined : this.#byPerson.get(after.fingerprint);
    if (namesake !== undefined && namesake !== found.id) return alreadyRegistered({ id: namesake });
    if (after.externalRefs.some((ref) => (this.#byRef.get(refKey(ref)) ?? found.id) !== found.id)) {
      return refused('external-ref-taken', 'An external reference belongs to another registration.');
    }
    const wrong = wrongChoice(this.context, after, found, isTransfer);
    if (wrong !== null) return wrong;
    const status = this.#statusBehind(found, after, isTransfer);
    const full = ledger.move(quotasDrawnBy(found), quotasDrawnBy({ ...after, status }), after.historical);
    if (full !== null) return this.#quotaFull(full, after);
    // Many corrections in one transaction are one change, with one version and one message.
    const version = (this.#original.get(found.id)?.version ?? 0) + 1;
    const isEnded = endsTicket(found, { ...after, status }) || (isTransfer && hasTicket(found.status));
    const ticketsEndedAt = isEnded ? [...found.ticketsEndedAt, now] : after.ticketsEndedAt;
    const corrected = this.#spending(after, found.id, found.category !== after.category);
    return {
      outcome: 'updated',
      registration: this.#keep({ ...corrected, status, ticketsEndedAt, version, updatedAt: now }),
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

  #create(asked: SignUp, fingerprint: string | null): Admitted {
    const { ledger } = this.context;
    const signUp = this.#answering(asked);
    const wrong = wrongChoice(this.context, signUp) ?? this.#closedTo(signUp);
    if (wrong !== null) return wrong;
    const terms = this.context.categories.get(signUp.category) as CategoryTerms;
    const status = signUp.historical ? signUp.status : statusOfPlace(terms);
    const full = ledger.move([], quotasDrawnBy({ ...signUp, status }), signUp.historical);
    if (full === null) return { outcome: 'created', registration: this.#add({ ...signUp, status }, fingerprint) };
    if (!terms.waitlist) return this.#quotaFull(full, signUp);
    return { outcome: 'waitlisted', registration: this.#add({ ...signUp, status: 'waitlisted' }, fingerprint) };
  }

  #add(admitted: SignUp, fingerprint: string | null, delegationId: string | null = null): Registration {
    const { tenantId, event, now, newId } = this.context;
    const id = newId();
    const signUp = this.#spending(admitted, id);
    // What is copied stands last: V8 takes microseconds for each field that is added to a copy.
    return this.#keep({
      id,
      tenantId,
      eventId: event.id,
      synthetic: event.synthetic,
      fingerprint,
      delegationId,
      ticketsEndedAt: [],
      erasedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
      ...signUp,
    });
  }

  #update(found: Registration, signUp: SignUp, fingerprint: string | null): Admitted {
    if (isOver(found.status) && !signUp.historical) {
      return refused('registration-over', `The registration is ${found.status}.`, { registrationId: found.id });
    }
    const { keepsNotify = false, ...said } = signUp;
    return this.correct(found, {
      ...found,
      ...said,
      notify: keepsNotify ? found.notify : said.notify,
      status: signUp.historical ? signUp.status : found.status,
      historical: found.historical,
      externalRefs: union(found.externalRefs, signUp.externalRefs),
      fingerprint,
    });
  }

  #closedTo({ historical }: SignUp): Admitted | null {
    const { closed } = this.context;
    return closed === null || historical ? null : refused(closed.code, closed.detail);
  }

  #answering<S extends SignUp>(asked: S, found?: SignUp): S {
    const formVersion = this.context.forms.versionOf(asked, found);
    return formVersion === asked.formVersion ? asked : { ...asked, formVersion };
  }

  /** Nobody comes past the approval that a category asks for by signing up for another first, or as another. */
  #statusBehind(found: Registration, after: Registration, isTransfer: boolean): Registration['status'] {
    const isNew = isTransfer || found.category !== after.category;
    const isMoved = isNew && after.status === 'confirmed' && !after.historical;
    const terms = this.context.categories.get(after.category);
    return isMoved && terms !== undefined ? statusOfPlace(terms) : after.status;
  }

  /** Without its code, which is spent where it lets in to a category; history asks for none. */
  #spending<S extends SignUp>(asked: S, registrationId: string, isLetIn = true): Omit<S, 'invitation'> {
    if (asked.invitation === undefined) return asked;
    const { invitation, ...rest } = asked;
    if (isLetIn && !rest.historical) this.context.invitations.spend(invitation, registrationId);
    return rest;
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
