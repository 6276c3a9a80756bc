import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  type Caller,
  conflict,
  invalid,
  notFound,
  type PageQuery,
  paginate,
  requireScope,
} from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { type Admitted } from '../registrations/admission.rules';
import { ErasureMarks } from '../personal-data/erasure-marks';
import { AdmissionService } from '../registrations/admission.service';
import { type Registration } from '../registrations/registration';
import { type SignUpBody } from '../registrations/registration.dto';
import { problemsTogether, signUpOf } from '../registrations/registration.mapping';
import { afterAction, isQueued, quotasWantedBy } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';
import { type DelegationAnswer, type DelegationBody, type DelegationPage } from './delegation.dto';
import { Delegation } from './delegation.entity';
import { type MemberSignUp, ofSide, placesLeft, problemsOf, problemsOfSide, refusalsOf } from './delegation.rules';

type Members = readonly Registration[];

@Injectable()
export class DelegationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly admissions: AdmissionService,
    private readonly events: EventCopyStore,
    private readonly store: RegistrationStore,
    private readonly erasures: ErasureMarks,
  ) {}

  /** Everybody has a place, or everybody waits for one, or nobody is signed up. */
  async create(caller: Caller, eventId: string, body: DelegationBody): Promise<DelegationAnswer> {
    const { names = null, economy = null, places = null, externalRefs } = body;
    const bodies = [
      ['/head', body.head] as const,
      ...body.members.map((member, index) => [`/members/${index}`, member] as const),
    ];
    const signUps = memberSignUps(caller, economy, bodies);
    return this.transactions.retrying(async (manager) => {
      const id = newId();
      const delegation = { id, tenantId: caller.tenantId, eventId, names, economy, places };
      const [head, ...others] = await this.admit(manager, delegation, signUps, []);
      const refs = (externalRefs ?? []).map((ref) => ({ system: ref.system, id: ref.id }));
      await manager.insert(Delegation, { ...delegation, headId: head?.id ?? '', externalRefs: refs });
      return answerOf(await manager.findOneByOrFail(Delegation, { id }), head === undefined ? [] : [head, ...others]);
    });
  }

  /** New members get their places as a whole; those of a delegation that waits, wait with it. */
  async join(caller: Caller, id: string, bodies: readonly SignUpBody[]): Promise<DelegationAnswer> {
    return this.transactions.retrying(async (manager) => {
      const delegation = await this.owned(manager, caller, id);
      const members = await this.membersOf(manager, [id]);
      const pointed = bodies.map((body, index) => [`/members/${index}`, body] as const);
      const signUps = memberSignUps(caller, delegation.economy, pointed);
      return answerOf(delegation, [...members, ...(await this.admit(manager, delegation, signUps, members))]);
    });
  }

  /** Cancels each member that can be cancelled. */
  async cancel(caller: Caller, id: string, dryRun: boolean): Promise<DelegationAnswer> {
    const work = async (manager: EntityManager): Promise<DelegationAnswer> => {
      const delegation = await this.owned(manager, caller, id);
      const sought = { tenantId: caller.tenantId, eventId: delegation.eventId };
      const event = await this.events.known(manager, sought.tenantId, sought.eventId);
      const existing = await this.membersOf(manager, [id]);
      const given = { existing, names: null, onExisting: 'update' } as const;
      const open = await this.admissions.open(manager, event, sought, given);
      const cancelled = existing.flatMap((before) => {
        const after = afterAction('cancel', before, event.now);
        return after === null ? [] : [open.admission.correct(before, after)];
      });
      if (cancelled.length === 0) throw actionNotAllowed('cancel', existing[0]?.status ?? 'cancelled', []);
      await this.admissions.write(manager, open);
      return answerOf(delegation, await this.membersOf(manager, [id]));
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  async get({ tenantId }: Caller, id: string): Promise<DelegationAnswer> {
    const { manager } = this.transactions;
    const delegation = await manager.findOneBy(Delegation, { tenantId, id });
    if (delegation === null) throw notFound('delegation', id);
    return answerOf(delegation, await this.membersOf(manager, [id]));
  }

  async list({ tenantId }: Caller, eventId: string, page: PageQuery): Promise<DelegationPage> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const query = manager.createQueryBuilder(Delegation, 'delegation').where({ tenantId, eventId });
    const { items, nextCursor } = await paginate(query, page);
    const members = await this.membersOf(
      manager,
      items.map(({ id }) => id),
    );
    const of = (id: string): Members => members.filter(({ delegationId }) => delegationId === id);
    return { items: items.map((each) => answerOf(each, of(each.id))), nextCursor };
  }

  private async admit(
    manager: EntityManager,
    { id, tenantId, eventId, places }: Pick<Delegation, 'id' | 'tenantId' | 'eventId' | 'places'>,
    members: readonly MemberSignUp[],
    already: Members,
  ): Promise<Registration[]> {
    if (placesLeft(places, already) < members.length) {
      throw conflict('delegation-full', `The delegation may have ${String(places)} members.`, { places });
    }
    const sought = { tenantId, eventId };
    const signUps = members.map(({ signUp }) => signUp);
    await this.events.share(manager, eventId);
    const event = await this.events.known(manager, tenantId, eventId);
    await this.admissions.lockIdentities(manager, sought, signUps);
    const existing = await this.admissions.existing(manager, sought, signUps, false);
    const names = [...new Set(signUps.flatMap(quotasWantedBy))];
    const isErased = await this.erasures.among(manager, event, signUps);
    const open = await this.admissions.open(manager, event, sought, {
      existing,
      names,
      onExisting: 'refuse',
      asking: signUps,
      isErased,
    });
    const admitted = open.admission.admitTogether(signUps, id, already.some(isQueued));
    refuse(members, admitted);
    await this.admissions.write(manager, open);
    return admitted.flatMap((each) => (each.outcome === 'refused' ? [] : [each.registration]));
  }

  private async owned(manager: EntityManager, { tenantId }: Caller, id: string): Promise<Delegation> {
    const delegation = await manager.findOneBy(Delegation, { tenantId, id });
    if (delegation === null) throw notFound('delegation', id);
    await this.events.own(manager, delegation.eventId);
    return delegation;
  }

  private async membersOf(manager: EntityManager, ids: readonly string[]): Promise<Registration[]> {
    return this.store.read(manager, 'r.delegation_id = ANY ($1)', [ids], 'ORDER BY r.id');
  }
}

function memberSignUps(
  caller: Caller,
  economy: string | null,
  bodies: readonly (readonly [pointer: string, body: SignUpBody])[],
): MemberSignUp[] {
  const together = bodies.flatMap(([pointer, body]) =>
    problemsTogether(body).map((problem) => ({ ...problem, pointer: pointer + problem.pointer })),
  );
  const signUps = bodies.map(([pointer, body]) => ({ pointer, signUp: signUpOf(body) }));
  const problems = [...together, ...problemsOfSide(economy, signUps)];
  if (problems.length > 0) throw invalid(problems);
  if (signUps.some(({ signUp }) => signUp.historical)) requireScope(caller, 'history:write');
  return signUps.map((each) => ofSide(economy, each));
}

function refuse(members: readonly MemberSignUp[], admitted: readonly Admitted[]): void {
  const problems = problemsOf(members, admitted);
  if (problems.length > 0) throw invalid(problems);
  const refused = refusalsOf(members, admitted);
  const [first] = refused;
  if (first === undefined) return;
  const detail = `Nobody of the delegation is signed up. ${first.refusal.detail}`;
  throw conflict(first.refusal.code, detail, {
    refused: refused.map(({ pointer, refusal: { code, quota, registrationId } }) => ({
      pointer,
      code,
      quota,
      registrationId,
    })),
  });
}

function answerOf(delegation: Delegation, members: Members): DelegationAnswer {
  const { id, eventId, names, economy, places, headId, externalRefs, version } = delegation;
  return {
    id,
    eventId,
    names,
    economy,
    places,
    externalRefs,
    members: members.map(({ id: registrationId, status }) => ({
      registrationId,
      status,
      isHead: registrationId === headId,
    })),
    version,
    createdAt: delegation.createdAt.toISOString(),
    updatedAt: delegation.updatedAt.toISOString(),
  };
}
