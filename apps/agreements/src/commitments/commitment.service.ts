import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import {
  assertVersion,
  type Caller,
  invalid,
  invalidField,
  notFound,
  type Page,
  paginate,
  requireScope,
} from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager, type FindOneOptions } from 'typeorm';
import { Agreement } from '../agreements/agreement.entity';
import { AuditTrail } from '../audit/audit-trail.service';
import { EventCopies } from '../events/event-copies.service';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { Fulfilments } from '../fulfilment/fulfilment.service';
import { OutcomeDocument } from '../outcome-documents/outcome-document.entity';
import { Clock } from '../reminders/clock';
import { type DueState } from '../reminders/due.rules';
import { type CommitmentDueView, dueView } from '../reminders/due.view';
import { ReminderPlans } from '../reminders/reminder-plan.service';
import { patchedFacts } from '../recorded/patched-facts';
import { PublicUrl } from '../recorded/public-url';
import { contentOf, openRecord, touch } from '../recorded/recorded';
import { Assessments } from './assessment.service';
import { CommitmentFacts, type CommitmentFilter, type CreateAssessment, type CreateCommitment } from './commitment.dto';
import { assertDueAfter, assertMilestone, identifyMilestones } from './commitment.checks';
import { Commitment } from './commitment.entity';
import { commitmentMessage } from './commitment.messages';
import { lacksOf } from './commitment.rules';
import {
  type AssessmentView,
  assessmentView,
  COMMITMENTS,
  type CommitmentView,
  commitmentView,
} from './commitment.view';

/** A commitment as it is answered: with what follows from its due dates now. */
export type CommitmentAnswerView = CommitmentView & CommitmentDueView;

/** What follows for a commitment from what it belongs to. */
interface Belonging {
  synthetic: boolean;
  disclosed: boolean;
}

@Injectable()
export class Commitments {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
    private readonly refs: ExternalRefs,
    private readonly audit: AuditTrail,
    private readonly assessed: Assessments,
    private readonly fulfilments: Fulfilments,
    private readonly plans: ReminderPlans,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
  ) {}

  async create(caller: Caller, body: CreateCommitment): Promise<CommitmentAnswerView> {
    const { historical = false, ...facts } = body;
    if (historical) requireScope(caller, 'history:write');
    identifyMilestones(facts, []);
    return this.transactions.retrying(async (manager) => {
      const { synthetic, disclosed } = await this.belonging(manager, caller, facts);
      const commitment = manager.create(Commitment, {
        ...openRecord(caller.tenantId, facts, { synthetic, historical }),
        agreementId: facts.agreementId ?? null,
        outcomeDocumentId: facts.outcomeDocumentId ?? null,
        assessment: null,
        milestoneAssessments: {},
        plannedBy: null,
        dueAt: null,
        dueSoonAt: null,
        disclosed,
        content: contentOf(facts, 'agreementId', 'outcomeDocumentId'),
      });
      await manager.insert(Commitment, commitment);
      await this.refs.claim(manager, COMMITMENTS, [commitment]);
      await this.plans.plan(manager, [commitment]);
      await this.noted(manager, caller, commitment, 'created', null);
      await this.tell(manager, commitment, { what: 'undertaken', occurredOn: facts.undertakenOn });
      return this.shown(commitment);
    });
  }

  async change(caller: Caller, id: string, version: number, patch: object): Promise<CommitmentAnswerView> {
    return this.transactions.retrying(async (manager) => {
      const seen = await this.found(manager, caller, id);
      assertVersion(seen.version, version);
      const { agreementId, outcomeDocumentId, content } = seen;
      const facts = patchedFacts(CommitmentFacts, seen, { ...content, agreementId, outcomeDocumentId }, patch);
      identifyMilestones(facts, content.milestones ?? []);
      const { synthetic, disclosed } = await this.belonging(manager, caller, facts);
      // Behind the agreement, as who discloses both: neither waits for what the other holds.
      const commitment = await this.found(manager, caller, id, { lock: { mode: 'pessimistic_write' } });
      assertVersion(commitment.version, version);
      const before = this.view(commitment);
      const wasDisclosed = commitment.disclosed;
      Object.assign(commitment, {
        synthetic,
        disclosed: wasDisclosed || disclosed,
        eventId: facts.eventId ?? null,
        externalRefs: facts.externalRefs ?? [],
        agreementId: facts.agreementId ?? null,
        outcomeDocumentId: facts.outcomeDocumentId ?? null,
        content: contentOf(facts, 'agreementId', 'outcomeDocumentId'),
      });
      touch(commitment);
      await manager.save(commitment);
      await this.refs.replace(manager, COMMITMENTS, commitment);
      await this.plans.plan(manager, [commitment]);
      await this.noted(manager, caller, commitment, 'changed', before);
      await this.tell(manager, commitment, { what: wasDisclosed ? 'corrected' : 'undertaken' });
      await this.fulfilments.judge(manager, caller, commitment);
      return this.shown(commitment);
    });
  }

  /** Adds a judgement; earlier ones stay. */
  async assess(caller: Caller, id: string, body: CreateAssessment): Promise<AssessmentView> {
    const lacks = lacksOf(body);
    if (lacks.length > 0) {
      throw invalid(lacks.map(({ field, detail }) => ({ pointer: `/${field}`, code: 'required', detail })));
    }
    return this.transactions.retrying(async (manager) => {
      const commitment = await this.found(manager, caller, id, { lock: { mode: 'pessimistic_write' } });
      assertMilestone(commitment, body.milestoneId);
      const assessment = await this.assessed.add(manager, caller, commitment, body, null);
      return assessmentView(assessment);
    });
  }

  async one(caller: Caller, id: string): Promise<CommitmentAnswerView> {
    return this.shown(await this.found(this.transactions.manager, caller, id));
  }

  async list(caller: Caller, filter: CommitmentFilter): Promise<Page<CommitmentAnswerView>> {
    const query = this.transactions.manager
      .createQueryBuilder(Commitment, 'commitment')
      .where('commitment.tenantId = :tenantId', { tenantId: caller.tenantId });
    for (const column of ['eventId', 'agreementId', 'outcomeDocumentId'] as const) {
      const id = filter[column];
      if (id !== undefined) query.andWhere(`commitment.${column} = :${column}`, { [column]: id });
    }
    if (filter.dueState !== undefined) query.andWhere(whereDue[filter.dueState], { now: this.clock.now() });
    if (filter.dueBefore !== undefined) query.andWhere('commitment.dueAt < :before', { before: filter.dueBefore });
    const page = await paginate(query, filter);
    return { ...page, items: page.items.map((commitment) => this.shown(commitment)) };
  }

  /** Checks that what it names exists, and takes over what follows from that. */
  private async belonging(manager: EntityManager, caller: Caller, facts: CommitmentFacts): Promise<Belonging> {
    const { tenantId } = caller;
    // Locked, so that it is not disclosed between this look and our commit.
    const lock = { mode: 'pessimistic_read' } as const;
    const agreement = facts.agreementId
      ? await manager.findOne(Agreement, { where: { id: facts.agreementId, tenantId }, lock })
      : null;
    if (facts.agreementId && !agreement) {
      throw invalidField('/agreementId', 'agreement-unknown', `There is no agreement ${facts.agreementId}.`);
    }
    assertDueAfter(facts, agreement?.content.signedOn);
    const document = facts.outcomeDocumentId
      ? await manager.findOneBy(OutcomeDocument, { id: facts.outcomeDocumentId, tenantId })
      : null;
    if (facts.outcomeDocumentId && !document) {
      throw invalidField('/outcomeDocumentId', 'outcome-document-unknown', `There is none ${facts.outcomeDocumentId}.`);
    }
    const synthetic = await this.events.syntheticOf(manager, tenantId, facts);
    return {
      synthetic: synthetic || agreement?.synthetic === true || document?.synthetic === true,
      disclosed: agreement?.disclosed ?? true,
    };
  }

  private async found(
    manager: EntityManager,
    caller: Caller,
    id: string,
    held: Pick<FindOneOptions<Commitment>, 'lock'> = {},
  ): Promise<Commitment> {
    const commitment = await manager.findOne(Commitment, { where: { id, tenantId: caller.tenantId }, ...held });
    if (!commitment) throw notFound('commitment', id);
    return commitment;
  }

  private async tell(
    manager: EntityManager,
    commitment: Commitment,
    news: Parameters<typeof commitmentMessage>[2],
  ): Promise<void> {
    if (!commitment.disclosed) return;
    await this.outbox.append(manager, [commitmentMessage(commitment, this.urls.of(COMMITMENTS, commitment.id), news)]);
  }

  private async noted(
    manager: EntityManager,
    caller: Caller,
    commitment: Commitment,
    action: string,
    before: CommitmentView | null,
  ): Promise<void> {
    const after = this.view(commitment);
    const change = { resource: COMMITMENTS, resourceId: commitment.id, action, before, after };
    await this.audit.record(manager, caller, [change]);
  }

  private shown(commitment: Commitment): CommitmentAnswerView {
    return { ...this.view(commitment), ...dueView(commitment, this.clock.now()) };
  }

  private view(commitment: Commitment): CommitmentView {
    return commitmentView(commitment, this.urls.of(COMMITMENTS, commitment.id));
  }
}

const whereDue: Readonly<Record<DueState, string>> = {
  upcoming: 'commitment.dueSoonAt > :now',
  dueSoon: 'commitment.dueSoonAt <= :now AND commitment.dueAt > :now',
  overdue: 'commitment.dueAt <= :now',
};
