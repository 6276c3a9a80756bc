import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  assertVersion,
  type Caller,
  conflict,
  invalidField,
  notFound,
  requireScope,
} from '@expo-accord/http';
import { Outbox, type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { CommitmentDisclosure } from '../commitments/commitment-disclosure.service';
import { EventCopies } from '../events/event-copies.service';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { IllegalStep } from '../lifecycle/lifecycle.rules';
import { contentOf, openRecord, touch } from '../recorded/recorded';
import { patchedFacts } from '../recorded/patched-facts';
import { PublicUrl } from '../recorded/public-url';
import { type AgreementActionBody, AgreementFacts, type CreateAgreement, Link } from './agreement.dto';
import { Agreement } from './agreement.entity';
import { agreementMessages, type AgreementNews } from './agreement.messages';
import { actionsOpenTo, type AgreementAction, dateSettledBy, isDisclosed, statusAfterAction } from './agreement.rules';
import { agreementView, type AgreementView } from './agreement.view';

export const AGREEMENTS = 'agreements';

/** Entering agreements and taking them through their life. */
@Injectable()
export class Agreements {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
    private readonly refs: ExternalRefs,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly commitments: CommitmentDisclosure,
    private readonly urls: PublicUrl,
  ) {}

  async create(caller: Caller, body: CreateAgreement): Promise<AgreementView> {
    const { status = 'draft', historical = false, ...facts } = body;
    if (historical) requireScope(caller, 'history:write');
    else if (status !== 'draft') {
      throw invalidField('/status', 'status-needs-history', 'Only what is historical starts elsewhere than at draft.');
    }
    return this.transactions.run(async (manager) => {
      const synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      const agreement = manager.create(Agreement, {
        ...openRecord(caller.tenantId, facts, { synthetic, historical }),
        status,
        disclosed: false,
        content: contentOf(facts),
      });
      agreement.disclosed = isDisclosed(agreement, false);
      await manager.insert(Agreement, agreement);
      await this.refs.claim(manager, AGREEMENTS, [agreement]);
      const view = await this.noted(manager, caller, agreement, { action: 'created', before: null });
      await this.outbox.append(
        manager,
        this.news(agreement, { cause: 'record', previousStatus: null, before: null, wasDisclosed: false }),
      );
      return view;
    });
  }

  /** One step of its life. With `dryRun` the answer is the same and nothing stays. */
  async act(
    caller: Caller,
    id: string,
    action: AgreementAction,
    body: AgreementActionBody,
    dryRun: boolean,
  ): Promise<AgreementView> {
    if (body.historical) requireScope(caller, 'history:write');
    const work = (manager: EntityManager): Promise<AgreementView> => this.step(manager, caller, id, action, body);
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  async change(caller: Caller, id: string, version: number, patch: object): Promise<AgreementView> {
    return this.transactions.run(async (manager) => {
      const agreement = await this.locked(manager, caller, id);
      assertVersion(agreement.version, version);
      const before = this.view(agreement);
      const facts = patchedFacts(AgreementFacts, agreement, agreement.content, patch);
      agreement.synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      agreement.eventId = facts.eventId ?? null;
      agreement.externalRefs = facts.externalRefs ?? [];
      agreement.content = contentOf(facts);
      const wasDisclosed = agreement.disclosed;
      agreement.disclosed = isDisclosed(agreement, wasDisclosed);
      touch(agreement);
      await manager.save(agreement);
      await this.refs.replace(manager, AGREEMENTS, agreement);
      const view = await this.noted(manager, caller, agreement, { action: 'changed', before });
      const committed = await this.commitments.follow(manager, agreement, wasDisclosed);
      const news = { cause: 'correct', previousStatus: agreement.status, before, wasDisclosed } as const;
      await this.outbox.append(manager, [...this.news(agreement, news), ...committed]);
      return view;
    });
  }

  /** Only what nobody outside has heard of can go without a trace elsewhere than in the audit trail. */
  async remove(caller: Caller, id: string, version: number): Promise<void> {
    await this.transactions.run(async (manager) => {
      const agreement = await this.locked(manager, caller, id);
      assertVersion(agreement.version, version);
      if (agreement.status !== 'draft') {
        const actions = actionsOpenTo(agreement.status, agreement.content);
        throw conflict('not-a-draft', 'Only a draft can be deleted.', { currentStatus: agreement.status, actions });
      }
      if (await this.commitments.existFor(manager, agreement)) {
        throw conflict('has-commitments', 'Commitments name this draft; move them first.', {});
      }
      await manager.delete(Agreement, { id, tenantId: caller.tenantId });
      await this.refs.release(manager, id);
      const change = {
        resource: AGREEMENTS,
        resourceId: id,
        action: 'deleted',
        before: this.view(agreement),
        after: null,
      };
      await this.audit.record(manager, caller, [change]);
    });
  }

  private async step(
    manager: EntityManager,
    caller: Caller,
    id: string,
    action: AgreementAction,
    body: AgreementActionBody,
  ): Promise<AgreementView> {
    const agreement = await this.locked(manager, caller, id);
    await assertKnown(manager, caller, body.supersededById);
    const before = this.view(agreement);
    const { status: previousStatus, disclosed: wasDisclosed } = agreement;
    agreement.status = nextStatus(agreement, action);
    agreement.content = contentAfter(agreement, action, body);
    agreement.disclosed = isDisclosed(agreement, wasDisclosed);
    touch(agreement);
    await manager.save(agreement);
    const view = await this.noted(manager, caller, agreement, { action, reason: body.reason ?? null, before });
    const committed = await this.commitments.follow(manager, agreement, wasDisclosed);
    const { historical = false } = body;
    const news = this.news(agreement, { cause: action, previousStatus, before, wasDisclosed, historical });
    await this.outbox.append(manager, [...news, ...committed]);
    return view;
  }

  private async locked(manager: EntityManager, caller: Caller, id: string): Promise<Agreement> {
    const where = { id, tenantId: caller.tenantId };
    const agreement = await manager.findOne(Agreement, { where, lock: { mode: 'pessimistic_write' } });
    if (!agreement) throw notFound('agreement', id);
    return agreement;
  }

  private news(agreement: Agreement, news: AgreementNews): OutgoingMessage[] {
    return agreementMessages(agreement, this.urls.of(AGREEMENTS, agreement.id), news);
  }

  private async noted(
    manager: EntityManager,
    caller: Caller,
    agreement: Agreement,
    change: { action: string; reason?: string | null; before: AgreementView | null },
  ): Promise<AgreementView> {
    const after = this.view(agreement);
    await this.audit.record(manager, caller, [{ resource: AGREEMENTS, resourceId: agreement.id, ...change, after }]);
    return after;
  }

  private view(agreement: Agreement): AgreementView {
    return agreementView(agreement, this.urls.of(AGREEMENTS, agreement.id));
  }
}

async function assertKnown(manager: EntityManager, caller: Caller, id: string | null | undefined): Promise<void> {
  if (id === undefined || id === null) return;
  const isKnown = await manager.existsBy(Agreement, { id, tenantId: caller.tenantId });
  if (!isKnown) throw invalidField('/supersededById', 'agreement-unknown', `There is no agreement ${id}.`);
}

function nextStatus(agreement: Agreement, action: AgreementAction): Agreement['status'] {
  try {
    return statusAfterAction(action, agreement.status, agreement.content);
  } catch (error) {
    if (error instanceof IllegalStep) throw actionNotAllowed(error.action, error.status, error.allowedActions);
    throw error;
  }
}

function contentAfter(
  { content }: Agreement,
  action: AgreementAction,
  body: AgreementActionBody,
): Agreement['content'] {
  const after = { ...content };
  const date = dateSettledBy[action];
  if (date !== undefined && body.on) after[date] = body.on;
  if (body.ceremony) after.ceremony = body.ceremony;
  if (body.supersededById) {
    after.links = [
      ...(content.links ?? []),
      Object.assign(new Link(), { kind: 'supersededBy', agreementId: body.supersededById }),
    ];
  }
  return after;
}
