import { Inject, Injectable } from '@nestjs/common';
import { newId, planned } from '@expo-accord/database';
import { type Cause, Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { whyClosed } from '../events/event-copy.rules';
import { EventCopyStore, type KnownEvent } from '../events/event-copy.store';
import { type QuotaLedger } from '../tickets/quota.rules';
import { QuotaStore } from '../tickets/quota.store';
import { Admission, type Admitted, type OnExisting } from './admission.rules';
import { fingerprintOf } from './person-fingerprint';
import { type Person, type Registration, type SignUp } from './registration';
import { messagesAbout } from './registration.messages';
import { freesPerson, quotasDrawnBy } from './registration.rules';
import { RegistrationStore } from './registration.store';

export interface Sought {
  readonly tenantId: string;
  readonly eventId: string;
}

/** A sign-up, and the request that brought it where that is not the one that is being answered. */
export interface ArrivingSignUp {
  readonly signUp: SignUp;
  readonly causedBy?: Cause | undefined;
}

/** What is known while sign-ups of one event are decided; the locks behind it last as long as the transaction. */
export interface OpenAdmission {
  readonly admission: Admission;
  readonly ledger: QuotaLedger;
}

/**
 * Brings sign-ups and the rules together with what the database holds, in the caller's transaction. Locks are taken in
 * one order everywhere: event, persons and references, registrations, quotas.
 */
@Injectable()
export class AdmissionService {
  /** A sign-up's person is asked for several times, and belongs to one event only. */
  private readonly fingerprints = new WeakMap<Person, string | null>();

  constructor(
    private readonly events: EventCopyStore,
    private readonly quotas: QuotaStore,
    private readonly store: RegistrationStore,
    private readonly outbox: Outbox,
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
    // Sent together, and done in this order.
    const [, event, , existing] = await Promise.all([
      this.events.share(manager, sought.eventId),
      this.events.known(manager, sought.tenantId, sought.eventId),
      this.lockIdentities(manager, sought, signUps),
      this.existing(manager, sought, signUps, onExisting === 'update'),
    ]);
    const names = [...signUps.map((signUp) => ({ ...signUp, status: 'confirmed' as const })), ...existing].flatMap(
      quotasDrawnBy,
    );
    const open = await this.open(manager, event, sought, { existing, names, onExisting });
    const admitted = signUps.map((signUp) => open.admission.admit(signUp));
    await this.write(manager, open, causesOf(admitted, arriving));
    return admitted;
  }

  /** Waits until nobody else can sign up the same person or reference. Sorted, so that nobody waits in a circle. */
  async lockIdentities(
    manager: EntityManager,
    { tenantId, eventId }: Sought,
    signUps: readonly SignUp[],
  ): Promise<void> {
    const keys = signUps.flatMap(({ person, externalRefs }) => [
      `person ${this.fingerprint(eventId, person) ?? ''}`,
      ...externalRefs.map(({ system, id }) => `ref ${tenantId} ${system} ${id}`),
    ]);
    await planned(
      manager,
      'lock identities',
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended(k, 0) AS key FROM unnest($1::text[]) AS k ORDER BY key) AS sorted`,
      [keys.filter((key) => key !== 'person ')],
    );
  }

  async existing(
    manager: EntityManager,
    sought: Sought,
    signUps: readonly SignUp[],
    lock: boolean,
  ): Promise<Registration[]> {
    const fingerprints = signUps.map(({ person }) => this.fingerprint(sought.eventId, person));
    return this.store.existing(
      manager,
      {
        ...sought,
        refs: signUps.flatMap(({ externalRefs }) => externalRefs),
        fingerprints: fingerprints.filter((fingerprint) => fingerprint !== null),
      },
      lock,
    );
  }

  /** @param names the quotas to lock; null for all of the event */
  async open(
    manager: EntityManager,
    event: KnownEvent,
    { tenantId }: Sought,
    given: { existing: readonly Registration[]; names: readonly string[] | null; onExisting: OnExisting },
  ): Promise<OpenAdmission> {
    const [categories, ledger] = await Promise.all([
      planned<{ code: string }>(
        manager,
        'ticket categories',
        'SELECT code FROM ticket_category WHERE tenant_id = $1 AND event_id = $2 ORDER BY code',
        [tenantId, event.id],
      ),
      this.quotas.lock(manager, event.id, given.names),
    ]);
    const context = {
      tenantId,
      event,
      closed: whyClosed(event),
      categories: new Set(categories.map(({ code }) => code)),
      ledger,
      onExisting: given.onExisting,
      now: event.now,
      newId,
      fingerprintOf: ({ person }: SignUp) => this.fingerprint(event.id, person),
    };
    return { admission: new Admission(context, given.existing), ledger };
  }

  /**
   * Rows, places and messages of everything that was admitted or corrected.
   * @param causes of messages, by registration, where they are not the request that is being answered
   */
  async write(
    manager: EntityManager,
    { admission, ledger }: OpenAdmission,
    causes: ReadonlyMap<string, Cause> = new Map(),
  ): Promise<void> {
    const changes = admission.changes();
    const [change] = changes;
    if (change === undefined) return;
    const added = changes.filter(({ before }) => before === null);
    const corrected = changes.filter(({ before }) => before !== null);
    const messages = changes.flatMap((each) => {
      const causedBy = causes.get(each.after.id);
      return messagesAbout(each, this.config.PUBLIC_URL).map((message) => ({ ...message, causedBy }));
    });
    // Sent together, and done in this order. Each is one statement, so that nothing can follow once one of them has failed.
    const rows = Promise.all([
      this.quotas.write(manager, change.after.eventId, ledger),
      this.store.release(
        manager,
        corrected.filter(freesPerson).map(({ after }) => after.id),
      ),
      this.store.insert(
        manager,
        added.map(({ after }) => after),
      ),
    ]);
    if (corrected.length > 0) {
      await rows;
      await this.store.update(
        manager,
        corrected.map(({ after }) => after),
      );
    }
    await Promise.all([rows, this.outbox.append(manager, messages)]);
  }

  fingerprint(eventId: string, person: Person): string | null {
    const known = this.fingerprints.get(person);
    if (known !== undefined) return known;
    const fingerprint = fingerprintOf(this.config.REGISTRANT_FINGERPRINT_KEY, eventId, person);
    this.fingerprints.set(person, fingerprint);
    return fingerprint;
  }
}

function causesOf(admitted: readonly Admitted[], arriving: readonly ArrivingSignUp[]): Map<string, Cause> {
  return new Map(
    admitted.flatMap((each, at): [string, Cause][] => {
      const causedBy = arriving[at]?.causedBy;
      return each.outcome === 'refused' || causedBy === undefined ? [] : [[each.registration.id, causedBy]];
    }),
  );
}
