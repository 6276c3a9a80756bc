import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@expo-accord/database';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { whyClosed } from '../events/event-copy.rules';
import { EventCopyStore, type KnownEvent } from '../events/event-copy.store';
import { type QuotaLedger } from '../tickets/quota.rules';
import { QuotaStore } from '../tickets/quota.store';
import { ErasureMarks } from '../personal-data/erasure-marks';
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

/** What has been found out before sign-ups are decided. */
export interface Given {
  readonly existing: readonly Registration[];
  /** The quotas to lock; null for all of the event. */
  readonly names: readonly string[] | null;
  readonly onExisting: OnExisting;
  readonly isErased: (signUp: SignUp) => boolean;
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
    private readonly erasures: ErasureMarks,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /** One sign-up beside others of the same event. */
  async admitOne(manager: EntityManager, sought: Sought, signUp: SignUp, onExisting: OnExisting): Promise<Admitted> {
    await this.events.share(manager, sought.eventId);
    const event = await this.events.known(manager, sought.tenantId, sought.eventId);
    await this.lockIdentities(manager, sought, [signUp]);
    const existing = await this.existing(manager, sought, [signUp], onExisting === 'update');
    const names = [{ ...signUp, status: 'confirmed' as const }, ...existing].flatMap(quotasDrawnBy);
    const isErased = await this.erasures.among(manager, event, [signUp]);
    const open = await this.open(manager, event, sought, { existing, names, onExisting, isErased });
    const admitted = open.admission.admit(signUp);
    await this.write(manager, open);
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
    await manager.query(
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

  async open(manager: EntityManager, event: KnownEvent, { tenantId }: Sought, given: Given): Promise<OpenAdmission> {
    const categories = await manager.query<{ code: string }[]>(
      'SELECT code FROM ticket_category WHERE tenant_id = $1 AND event_id = $2 ORDER BY code',
      [tenantId, event.id],
    );
    const ledger = await this.quotas.lock(manager, event.id, given.names);
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
      isErased: given.isErased,
    };
    return { admission: new Admission(context, given.existing), ledger };
  }

  /** Rows, places and messages of everything that was admitted or corrected. */
  async write(manager: EntityManager, { admission, ledger }: OpenAdmission): Promise<void> {
    const changes = admission.changes();
    const [change] = changes;
    if (change === undefined) return;
    const added = changes.filter(({ before }) => before === null);
    const corrected = changes.filter(({ before }) => before !== null);
    await this.quotas.write(manager, change.after.eventId, ledger);
    await this.store.release(
      manager,
      corrected.filter(freesPerson).map(({ after }) => after.id),
    );
    await this.store.insert(
      manager,
      added.map(({ after }) => after),
    );
    await this.store.update(
      manager,
      corrected.map(({ after }) => after),
    );
    await this.outbox.append(
      manager,
      changes.flatMap((each) => messagesAbout(each, this.config.PUBLIC_URL)),
    );
  }

  fingerprint(eventId: string, person: Person): string | null {
    const known = this.fingerprints.get(person);
    if (known !== undefined) return known;
    const fingerprint = fingerprintOf(this.config.REGISTRANT_FINGERPRINT_KEY, eventId, person);
    this.fingerprints.set(person, fingerprint);
    return fingerprint;
  }
}
