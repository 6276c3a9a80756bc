import { Inject, Injectable } from '@nestjs/common';
import { newId, planned, Transactions } from '@expo-accord/database';
import { type Cause, Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { whyClosed } from '../events/event-copy.rules';
import { EventCopyStore, type KnownEvent } from '../events/event-copy.store';
import { FormStore } from '../forms/form.store';
import { type InvitationLedger } from '../invitations/invitation.rules';
import { InvitationStore } from '../invitations/invitation.store';
import { type QuotaLedger } from '../tickets/quota.rules';
import { QuotaStore } from '../tickets/quota.store';
import { ErasureMarks } from '../personal-data/erasure-marks';
import { TicketCategoryStore } from '../tickets/ticket-category.store';
import { Waitlist } from '../waitlist/waitlist.service';
import { Admission, type AdmissionContext, type Admitted, type OnExisting } from './admission.rules';
import { type ArrivingSignUp, causesOf, withPlaces } from './admission.outcomes';
import { Fingerprints } from './person-fingerprint';
import { type Person, type Registration, type RegistrationChange, type SignUp } from './registration';
import { messagesOf } from './registration.messages';
import { freesPerson, onlyMovesOn, quotasFreedBy, quotasWantedBy } from './registration.rules';
import { RegistrationStore } from './registration.store';

export interface Sought {
  readonly tenantId: string;
  readonly eventId: string;
}

interface Wanted {
  /** The quotas to lock where nothing but new sign-ups can come of it; null for all of the event. */
  readonly names: readonly string[] | null;
  readonly onExisting: OnExisting;
  /** Who may name invitation codes. */
  readonly asking?: readonly SignUp[];
}

/** What has been found out before sign-ups are decided. */
export interface Given extends Wanted {
  readonly existing: readonly Registration[];
  /** Not asked for where nobody new can come of it. */
  readonly isErased?: (signUp: SignUp) => boolean;
}

/** What is known while sign-ups of one event are decided; the locks behind it last as long as the transaction. */
export interface OpenAdmission {
  readonly event: KnownEvent;
  readonly admission: Admission;
  readonly ledger: QuotaLedger;
  readonly invitations: InvitationLedger;
  /** Whether somebody waited when it was opened; only where registrations may be corrected. */
  readonly isQueued: boolean;
}

export interface Held extends Pick<OpenAdmission, 'ledger' | 'invitations' | 'isQueued'> {
  readonly categories: AdmissionContext['categories'];
}

/**
 * Brings sign-ups and the rules together with what the database holds, in the caller's transaction. Locks are taken in
 * one order everywhere: event, persons and references, registrations, invitation codes, quotas. Who only takes places shares the event with
 * others; who may free some owns it, because those who wait are then promoted in the same transaction.
 */
@Injectable()
export class AdmissionService {
  /** A sign-up's person is asked for several times, and belongs to one event only. */
  private readonly known = new WeakMap<Person, Fingerprints>();

  constructor(
    private readonly events: EventCopyStore,
    private readonly quotas: QuotaStore,
    private readonly categories: TicketCategoryStore,
    private readonly waitlist: Waitlist,
    private readonly forms: FormStore,
    private readonly invitations: InvitationStore,
    private readonly store: RegistrationStore,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly erasures: ErasureMarks,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /** Single sign-ups, beside others of the same event; answers for each, in their order. */
  async admit(
    manager: EntityManager,
    sought: Sought,
    arriving: readonly ArrivingSignUp[],
    onExisting: OnExisting,
  ): Promise<Admitted[]> {
    const signUps = arriving.map(({ signUp }) => signUp);
    const mayCorrect = onExisting === 'update';
    const names = [...new Set(signUps.flatMap(quotasWantedBy))];
    // Sent together, and done in this order: by what the event knows persons is not known yet, so any of it is asked for.
    const [, event, , existing, held] = await Promise.all([
      mayCorrect ? this.events.own(manager, sought.eventId) : this.events.share(manager, sought.eventId),
      this.events.known(manager, sought.tenantId, sought.eventId),
      this.lockIdentities(manager, sought, signUps),
      this.existing(manager, sought, signUps, mayCorrect),
      this.hold(manager, sought, { names, onExisting, asking: signUps }),
    ]);
    const isErased = await this.erasures.among(manager, event, signUps);
    const forms = await this.forms.of(manager, event);
    const open = this.opened(event, sought, { existing, names, onExisting, isErased }, { ...held, forms });
    const admitted = signUps.map((signUp) => open.admission.admit(signUp));
    const promoted = await this.write(manager, open, causesOf(admitted, arriving), !mayCorrect);
    return admitted.map((each) => withPlaces(each, promoted));
  }

  /** Waits until nobody else can sign up the same person or reference. Sorted, so that nobody waits in a circle. */
  async lockIdentities(
    manager: EntityManager,
    { tenantId, eventId }: Sought,
    signUps: readonly SignUp[],
  ): Promise<void> {
    const keys = signUps.flatMap(({ person, externalRefs }) => [
      ...this.fingerprints(eventId, person)
        .all()
        .map((fingerprint) => `person ${fingerprint}`),
      ...externalRefs.map(({ system, id }) => `ref ${tenantId} ${system} ${id}`),
    ]);
    await planned(
      manager,
      'lock identities',
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended(k, 0) AS key FROM unnest($1::text[]) AS k ORDER BY key) AS sorted`,
      [keys],
    );
  }

  async existing(
    manager: EntityManager,
    sought: Sought,
    signUps: readonly SignUp[],
    lock: boolean,
  ): Promise<Registration[]> {
    return this.store.existing(
      manager,
      {
        ...sought,
        refs: signUps.flatMap(({ externalRefs }) => externalRefs),
        fingerprints: signUps.flatMap(({ person }) => this.fingerprints(sought.eventId, person).all()),
      },
      lock,
    );
  }

  async open(
    manager: EntityManager,
    event: KnownEvent,
    sought: Sought,
    given: Given,
    before?: Held,
  ): Promise<OpenAdmission> {
    const held = before ?? (await this.hold(manager, sought, given));
    return this.opened(event, sought, given, { ...held, forms: await this.forms.of(manager, event) });
  }

  /** The last locks, and what the rules ask for besides. */
  async hold(manager: EntityManager, { tenantId, eventId }: Sought, given: Wanted): Promise<Held> {
    const mayCorrect = given.onExisting === 'update';
    const [categories, isQueued, invitations, ledger] = await Promise.all([
      this.categories.terms(manager, tenantId, eventId),
      mayCorrect && this.waitlist.isQueued(manager, eventId),
      this.invitations.lock(manager, eventId, given.asking ?? []),
      this.quotas.lock(manager, eventId, mayCorrect ? null : given.names),
    ]);
    return { categories, isQueued, invitations, ledger };
  }

  private opened(
    event: KnownEvent,
    { tenantId }: Sought,
    given: Given,
    held: Held & Pick<AdmissionContext, 'forms'>,
  ): OpenAdmission {
    const { categories, forms, isQueued, invitations, ledger } = held;
    if (isQueued) ledger.holdBackWhatIsFreed();
    const context = {
      tenantId,
      event,
      closed: whyClosed(event),
      categories,
      forms,
      invitations,
      ledger,
      onExisting: given.onExisting,
      now: event.now,
      newId,
      fingerprintOf: ({ person }: SignUp) => this.fingerprint(event, person),
      isErased: given.isErased ?? (() => false),
    };
    return { event, admission: new Admission(context, given.existing), ledger, invitations, isQueued };
  }

  /**
   * Rows, places and messages of everything that was admitted or corrected; then of those who waited for what is free now.
   * @param causes of messages, by registration, where they are not the request that is being answered
   * @param isLast whether COMMIT may go with it: nobody waits for a place, and nothing of weight is written after it
   * @returns who has a place by it, by id
   */
  async write(
    manager: EntityManager,
    { event, admission, ledger, invitations, isQueued }: OpenAdmission,
    causes: ReadonlyMap<string, Cause> = new Map(),
    isLast = false,
  ): Promise<ReadonlyMap<string, Registration>> {
    const changes = admission.changes();
    const [change] = changes;
    if (change === undefined) return new Map();
    const added = changes.filter(({ before }) => before === null);
    const moved = changes.filter(onlyMovesOn);
    const corrected = changes.filter((each) => each.before !== null && !moved.includes(each));
    const messages = messagesOf(changes, causes, this.config.PUBLIC_URL);
    // Sent together, and done in this order. Each is one statement, so that nothing can follow once one of them has failed.
    const of = (some: readonly RegistrationChange[]): Registration[] => some.map(({ after }) => after);
    const rows = Promise.all([
      this.quotas.write(manager, change.after.eventId, ledger),
      this.store.release(
        manager,
        of(corrected.filter(freesPerson)).map(({ id }) => id),
      ),
      this.store.updateStatus(manager, of(moved)),
      this.store.insert(manager, of(added)),
    ]);
    if (corrected.length > 0) {
      await rows;
      await this.store.update(manager, of(corrected));
    }
    const spent = this.invitations.write(manager, change.after.eventId, invitations.spent);
    const written = Promise.all([rows, spent, this.outbox.append(manager, messages)]);
    await (isLast ? this.transactions.last(written) : written);
    if (!isQueued) return new Map();
    const freed = new Set(changes.flatMap((each) => quotasFreedBy(each, ledger)));
    if (freed.size === 0) return new Map();
    // One of those that freed places stands for all of them.
    const [causedBy] = causes.values();
    return this.waitlist.fill(manager, event, change.after.tenantId, [...freed], causedBy);
  }

  fingerprint({ id, personIdentity }: Pick<KnownEvent, 'id' | 'personIdentity'>, person: Person): string | null {
    return this.fingerprints(id, person).by(personIdentity);
  }

  /** Computed when first asked for: whoever knows of a person beforehand may ask beforehand. */
  fingerprints(eventId: string, person: Person): Fingerprints {
    const known = this.known.get(person) ?? new Fingerprints(this.config.REGISTRANT_FINGERPRINT_KEY, eventId, person);
    this.known.set(person, known);
    return known;
  }
}
