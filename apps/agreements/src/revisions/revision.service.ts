import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  type Caller,
  invalid,
  invalidField,
  notFound,
  type Page,
  paginate,
  Problem,
  requireScope,
} from '@expo-accord/http';
import { within } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { isBefore } from '../agreements/agreement-dates.rules';
import { AgreementLedger } from '../agreements/agreement-ledger.service';
import { AgreementSteps } from '../agreements/agreement-steps.service';
import { AgreementFacts } from '../agreements/agreement.dto';
import { Agreement, type AgreementContent } from '../agreements/agreement.entity';
import { assertMay } from '../agreements/agreement.rules';
import { type AuditQuery } from '../audit/audit.dto';
import { legalStep } from '../lifecycle/legal-step';
import { patchedFacts } from '../recorded/patched-facts';
import { contentOf, withoutEmpty } from '../recorded/recorded';
import { type CreateAmendment, type CreateRenewal, type RevisionFacts } from './revision.dto';
import { AgreementRevision, type RevisionKind } from './revision.entity';
import { notAmendable, revised } from './revision.rules';
import { revisionView, type RevisionView } from './revision.view';

interface Revising {
  kind: RevisionKind;
  cause: 'amend' | 'renew';
  facts: RevisionFacts;
  /** What the agreement says from then on. */
  contentAfter: (agreement: Agreement) => AgreementContent;
  dryRun: boolean;
}

/** Amendments and renewals: what the parties changed in the agreement, each with its number, and from when it holds. */
@Injectable()
export class Revisions {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: AgreementLedger,
    private readonly steps: AgreementSteps,
  ) {}

  async amend(caller: Caller, id: string, body: CreateAmendment, dryRun: boolean): Promise<RevisionView> {
    const { changes = {}, ...facts } = body;
    const wrong = notAmendable(changes).map((pointer) => ({
      pointer: `/changes${pointer}`,
      code: 'not-amendable',
      detail: 'The parties do not amend this; what was entered wrongly is corrected by PATCH.',
    }));
    if (wrong.length > 0) throw invalid(wrong);
    if (Object.keys(changes).length === 0 && !facts.summary) {
      throw invalidField('/changes', 'required', 'An amendment says what it changes, in `changes` or in `summary`.');
    }
    const contentAfter = (agreement: Agreement): AgreementContent => contentOf(amended(agreement, changes));
    return this.revise(caller, id, { kind: 'amendment', cause: 'amend', facts, contentAfter, dryRun });
  }

  async renew(caller: Caller, id: string, body: CreateRenewal, dryRun: boolean): Promise<RevisionView> {
    const { period, ...facts } = body;
    const contentAfter = ({ content }: Agreement): AgreementContent =>
      period === null ? content : { ...content, period };
    return this.revise(caller, id, { kind: 'renewal', cause: 'renew', facts, contentAfter, dryRun });
  }

  /** In the order of their numbers. */
  async list(
    caller: Caller,
    agreementId: string,
    kind: RevisionKind,
    page: Omit<AuditQuery, 'action'>,
  ): Promise<Page<RevisionView>> {
    const { manager } = this.transactions;
    const { tenantId } = caller;
    if (!(await manager.existsBy(Agreement, { id: agreementId, tenantId }))) throw notFound('agreement', agreementId);
    const query = manager.createQueryBuilder(AgreementRevision, 'revision').where({ tenantId, agreementId, kind });
    const { items, nextCursor } = await paginate(query, page, { by: 'number' });
    return { items: items.map(revisionView), nextCursor };
  }

  async one({ tenantId }: Caller, id: string, kind: RevisionKind): Promise<RevisionView> {
    const revision = await this.transactions.manager.findOneBy(AgreementRevision, { id, tenantId, kind });
    if (!revision) throw notFound(kind, id);
    return revisionView(revision);
  }

  private async revise(caller: Caller, id: string, revising: Revising): Promise<RevisionView> {
    if (revising.facts.historical) requireScope(caller, 'history:write');
    const work = (manager: EntityManager): Promise<RevisionView> => this.revised(manager, caller, id, revising);
    return revising.dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  private async revised(manager: EntityManager, caller: Caller, id: string, revising: Revising): Promise<RevisionView> {
    const { kind, cause, contentAfter } = revising;
    const { historical = false, reason, ...facts } = revising.facts;
    const agreement = await this.ledger.locked(manager, caller.tenantId, id);
    const { status, content } = agreement;
    legalStep(() => {
      assertMay(historical ? `record-${kind}` : cause, status, content);
    });
    if (isBefore(facts.effectiveOn, content.signedOn)) {
      throw invalidField('/effectiveOn', 'dates-out-of-order', 'It cannot lie before the signing of the agreement.');
    }
    await assertKnown(manager, caller, facts.byAgreementId);
    const after = contentAfter(agreement);
    const names = [...new Set([...Object.keys(content), ...Object.keys(after)])].sort();
    const changed = revised(names, { ...content }, { ...after });
    const number = 1 + (await manager.countBy(AgreementRevision, { tenantId: caller.tenantId, agreementId: id, kind }));
    const revision = manager.create(AgreementRevision, {
      id: newId(),
      tenantId: caller.tenantId,
      agreementId: id,
      kind,
      number,
      historical,
      content: withoutEmpty({ ...facts, changed }),
      createdAt: new Date(),
    });
    await manager.insert(AgreementRevision, revision);
    const { effectiveOn, summary = null } = facts;
    const said = { number, effectiveOn, summary };
    const told = kind === 'amendment' ? { amendment: said } : { renewal: { ...said, period: after.period ?? null } };
    const pointerOf = (pointer: string): string => `/changes${pointer}`;
    const occurredOn = facts.agreedOn ?? null;
    const deed = { cause, reason, historical, told, occurredOn, pointerOf };
    const done = await this.ledger.turn(manager, caller, agreement, deed, () => {
      agreement.content = after;
    });
    // What the parties amend may be the rule of entry into force itself.
    const turns = cause === 'amend' ? await this.steps.thenEnter(manager, done, historical) : [done];
    await this.ledger.keep(manager, caller, turns);
    return revisionView(revision);
  }
}

/** Checked as a whole; what is wrong is told where it stands in the request. */
function amended(agreement: Agreement, changes: object): AgreementFacts {
  try {
    return patchedFacts(AgreementFacts, agreement, agreement.content, changes);
  } catch (error) {
    if (error instanceof Problem && error.errors) throw invalid(within('/changes', error.errors));
    throw error;
  }
}

async function assertKnown(manager: EntityManager, caller: Caller, id: string | null | undefined): Promise<void> {
  if (id === undefined || id === null || (await manager.existsBy(Agreement, { id, tenantId: caller.tenantId }))) return;
  throw invalidField('/byAgreementId', 'agreement-unknown', `There is no agreement ${id}.`);
}
