import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  assertVersion,
  type Caller,
  invalid,
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
import { ActionQueue } from './action.queue';
import { type OnExisting, personErased } from './admission.rules';
import { withPlaces } from './admission.outcomes';
import { AdmissionService } from './admission.service';
import { type Registration } from './registration';
import { answerOf, type RegistrationAnswer } from './registration.answer';
import { type SignUpBody, type TransferBody } from './registration.dto';
import { problemOf } from './registration.errors';
import { bodyOf, problemsTogether, signUpOf } from './registration.mapping';
import { correctedBody } from './registration.patch';
import { actionsFrom, afterAction, isOver, type RegistrationAction } from './registration.rules';
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
    private readonly actions: ActionQueue,
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
    return this.transactions.retrying(async (manager) => {
      const found = await this.heldStill(manager, caller.tenantId, id);
      assertVersion(found.version, version);
      const body = correctedBody(caller, found, patch);
      const signUp = signUpOf(body);
      const sought = { tenantId: caller.tenantId, eventId: found.eventId };
      await this.admissions.lockIdentities(manager, sought, [signUp]);
      const before = await this.lockedForChange(manager, found);
      assertVersion(before.version, version);
      const status = before.historical ? signUp.status : before.status;
      return this.replace(manager, before, { ...before, ...signUp, status, historical: before.historical });
    });
  }

  async act(caller: Caller, id: string, action: RegistrationAction, dryRun: boolean): Promise<RegistrationAnswer> {
    const { tenantId } = caller;
    const found = await this.store.byId(this.transactions.manager, tenantId, id);
    if (found === undefined) throw notFound('registration', id);
    const one = { tenantId, eventId: found.eventId, id, action, causedBy: currentCause() };
    return dryRun ? this.transactions.dryRun(() => this.actions.act(one)) : this.actions.act(one);
  }

  /** Somebody else comes instead, and keeps the place; the ticket of whoever had it is refused. */
  async transfer(caller: Caller, id: string, body: TransferBody, dryRun: boolean): Promise<RegistrationAnswer> {
    const work = async (manager: EntityManager): Promise<RegistrationAnswer> => {
      const before = await this.lockedForChange(manager, await this.heldStill(manager, caller.tenantId, id));
      const organization = body.organization === undefined ? before.organization : body.organization;
      const { person, language = null, answers = null, formVersion = null, notify = null } = body;
      const whole = { ...bodyOf(before), person, organization, language, answers, formVersion, notify };
      const problems = problemsTogether({ ...whole, status: null, registeredOn: null });
      if (problems.length > 0) throw invalid(problems);
      const signUp = signUpOf(whole);
      if (afterAction('transfer', before, before.updatedAt) === null) {
        throw actionNotAllowed('transfer', before.status, actionsFrom(before.status));
      }
      const { status, historical, registeredOn } = before;
      return this.replace(manager, before, { ...before, ...signUp, status, historical, registeredOn }, true);
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  private async answer(manager: EntityManager, registration: Registration): Promise<RegistrationAnswer> {
    const names = await this.quotas.namesByEvent(manager, [registration.eventId]);
    return answerOf(registration, names);
  }

  private async replace(
    manager: EntityManager,
    before: Registration,
    wanted: Registration,
    isTransfer = false,
  ): Promise<RegistrationAnswer> {
    const sought = { tenantId: before.tenantId, eventId: before.eventId };
    const event = await this.events.known(manager, before.tenantId, before.eventId);
    const after = { ...wanted, fingerprint: this.admissions.fingerprint(event, wanted.person) };
    if ((await this.erasures.among(manager, event, [after]))(after)) throw problemOf(personErased);
    const others = isOver(after.status) ? [] : await this.admissions.existing(manager, sought, [after], false);
    const existing = [before, ...others.filter(({ id }) => id !== before.id)];
    const given = { existing, names: null, onExisting: 'update', asking: [after] } as const;
    const open = await this.admissions.open(manager, event, sought, given);
    const corrected = open.admission.correct(before, after, isTransfer);
    if (corrected.outcome === 'refused') throw problemOf(corrected.refusal);
    await this.erasures.rememberFormer(manager, before, corrected.registration, isTransfer);
    const placed = withPlaces(corrected, await this.admissions.write(manager, open));
    return this.answer(manager, placed.outcome === 'refused' ? before : placed.registration);
  }

  private async heldStill(manager: EntityManager, tenantId: string, id: string): Promise<Registration> {
    const found = await this.store.byId(manager, tenantId, id);
    if (found === undefined) throw notFound('registration', id);
    if (found.erasedAt !== null) throw problemOf(personErased);
    await this.events.own(manager, found.eventId);
    return found;
  }

  private async lockedForChange(manager: EntityManager, { tenantId, id }: Registration): Promise<Registration> {
    const locked = await this.store.byId(manager, tenantId, id, true);
    if (locked === undefined) throw notFound('registration', id);
    return locked;
  }
}
