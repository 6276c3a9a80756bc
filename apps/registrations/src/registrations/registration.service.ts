import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  assertVersion,
  type Caller,
  type KeyedRequest,
  notFound,
  type RememberedAnswer,
  requireScope,
} from '@expo-accord/http';
import { currentCause } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { ErasureMarks } from '../personal-data/erasure-marks';
import { QuotaStore } from '../tickets/quota.store';
import { type OnExisting, personErased } from './admission.rules';
import { AdmissionService, withPlaces } from './admission.service';
import { type Registration } from './registration';
import { answerOf, type RegistrationAnswer } from './registration.answer';
import { type SignUpBody } from './registration.dto';
import { problemOf } from './registration.errors';
import { signUpOf } from './registration.mapping';
import { correctedBody } from './registration.patch';
import { actionsFrom, afterAction, isOver, mayFreePlaces, type RegistrationAction } from './registration.rules';
import { RegistrationStore } from './registration.store';
import { SignUpQueue } from './sign-up.queue';

@Injectable()
export class RegistrationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly admissions: AdmissionService,
    private readonly events: EventCopyStore,
    private readonly store: RegistrationStore,
    private readonly quotas: QuotaStore,
    private readonly erasures: ErasureMarks,
    private readonly queue: SignUpQueue,
  ) {}

  async signUp(
    caller: Caller,
    eventId: string,
    body: SignUpBody,
    { onExisting, keyed }: { onExisting: OnExisting; keyed: KeyedRequest | undefined },
  ): Promise<RememberedAnswer> {
    if (body.historical === true) requireScope(caller, 'history:write');
    const { tenantId } = caller;
    return this.queue.signUp({
      tenantId,
      eventId,
      signUp: signUpOf(body),
      onExisting,
      keyed,
      causedBy: currentCause(),
    });
  }

  async get(caller: Caller, id: string): Promise<RegistrationAnswer> {
    const { manager } = this.transactions;
    const registration = await this.store.byId(manager, caller.tenantId, id);
    if (registration === undefined) throw notFound('registration', id);
    return this.answer(manager, registration);
  }

  async correct(caller: Caller, id: string, patch: unknown, version: number): Promise<RegistrationAnswer> {
    return this.transactions.run(async (manager) => {
      const found = await this.heldStill(manager, caller.tenantId, id, true);
      if (found.erasedAt !== null) throw problemOf(personErased);
      assertVersion(found.version, version);
      const body = correctedBody(caller, found, patch);
      const signUp = signUpOf(body);
      const sought = { tenantId: caller.tenantId, eventId: found.eventId };
      await this.admissions.lockIdentities(manager, sought, [signUp]);
      const before = await this.lockedForChange(manager, found);
      assertVersion(before.version, version);
      const event = await this.events.known(manager, caller.tenantId, found.eventId);
      if ((await this.erasures.among(manager, event, [signUp]))(signUp)) throw problemOf(personErased);
      const status = before.historical ? signUp.status : before.status;
      const fingerprint = this.admissions.fingerprint(before.eventId, signUp.person);
      return this.replace(manager, before, {
        ...before,
        ...signUp,
        status,
        historical: before.historical,
        fingerprint,
      });
    });
  }

  async act(caller: Caller, id: string, action: RegistrationAction, dryRun: boolean): Promise<RegistrationAnswer> {
    const work = async (manager: EntityManager): Promise<RegistrationAnswer> => {
      const found = await this.heldStill(manager, caller.tenantId, id, mayFreePlaces(action));
      const before = await this.lockedForChange(manager, found);
      const { now } = await this.events.known(manager, before.tenantId, before.eventId);
      const changed = afterAction(action, before, now);
      if (changed === null) throw actionNotAllowed(action, before.status, actionsFrom(before.status));
      return this.replace(manager, before, changed);
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  private async answer(manager: EntityManager, registration: Registration): Promise<RegistrationAnswer> {
    const names = await this.quotas.namesByEvent(manager, [registration.eventId]);
    return answerOf(registration, names);
  }

  private async replace(
    manager: EntityManager,
    before: Registration,
    after: Registration,
  ): Promise<RegistrationAnswer> {
    const sought = { tenantId: before.tenantId, eventId: before.eventId };
    const event = await this.events.known(manager, before.tenantId, before.eventId);
    const others = isOver(after.status) ? [] : await this.admissions.existing(manager, sought, [after], false);
    const existing = [before, ...others.filter(({ id }) => id !== before.id)];
    const open = await this.admissions.open(manager, event, sought, {
      existing,
      names: null,
      onExisting: 'update',
      isErased: () => false,
    });
    const corrected = open.admission.correct(before, after);
    if (corrected.outcome === 'refused') throw problemOf(corrected.refusal);
    const placed = withPlaces(corrected, await this.admissions.write(manager, open));
    return this.answer(manager, placed.outcome === 'refused' ? before : placed.registration);
  }

  private async heldStill(manager: EntityManager, tenantId: string, id: string, owned: boolean): Promise<Registration> {
    const found = await this.store.byId(manager, tenantId, id);
    if (found === undefined) throw notFound('registration', id);
    await (owned ? this.events.own(manager, found.eventId) : this.events.share(manager, found.eventId));
    return found;
  }

  private async lockedForChange(manager: EntityManager, { tenantId, id }: Registration): Promise<Registration> {
    const locked = await this.store.byId(manager, tenantId, id, true);
    if (locked === undefined) throw notFound('registration', id);
    return locked;
  }
}
