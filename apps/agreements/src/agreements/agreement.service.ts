import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, conflict, invalidField, requireScope } from '@expo-accord/http';
import { Outbox, type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { CommitmentDisclosure } from '../commitments/commitment-disclosure.service';
import { EventCopies } from '../events/event-copies.service';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { contentOf, openRecord } from '../recorded/recorded';
import { patchedFacts } from '../recorded/patched-facts';
import { type Actor, AGREEMENTS, AgreementLedger, type Turn } from './agreement-ledger.service';
import { AgreementFacts, type CreateAgreement } from './agreement.dto';
import { Agreement } from './agreement.entity';
import { actionsOpenTo } from './agreement.rules';
import { type AgreementView } from './agreement.view';

/** Entering agreements, putting them right, and taking back drafts. */
@Injectable()
export class Agreements {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
    private readonly refs: ExternalRefs,
    private readonly commitments: CommitmentDisclosure,
    private readonly ledger: AgreementLedger,
    private readonly outbox: Outbox,
  ) {}

  async create(caller: Caller, body: CreateAgreement): Promise<AgreementView> {
    if (body.historical) requireScope(caller, 'history:write');
    return this.transactions.run(async (manager) => {
      const { view, messages } = await this.enter(manager, caller, body);
      await this.outbox.append(manager, messages);
      return view;
    });
  }

  /** A new one, by somebody who may enter history if it is; nobody has been told of it. */
  async enter(
    manager: EntityManager,
    by: Actor,
    body: CreateAgreement,
  ): Promise<{ view: AgreementView; messages: OutgoingMessage[] }> {
    const { status = 'draft', historical = false, ...facts } = body;
    if (!historical && status !== 'draft') {
      throw invalidField('/status', 'status-needs-history', 'Only what is historical starts elsewhere than at draft.');
    }
    const synthetic = await this.events.syntheticOf(manager, by.tenantId, facts);
    const agreement = manager.create(Agreement, {
      ...openRecord(by.tenantId, facts, { synthetic, historical }),
      status,
      disclosed: false,
      entersOn: null,
      content: contentOf(facts),
    });
    const entered = await this.ledger.enter(manager, by, agreement);
    await this.refs.claim(manager, AGREEMENTS, [agreement]);
    return entered;
  }

  async change(caller: Caller, id: string, version: number, patch: object): Promise<AgreementView> {
    return this.transactions.retrying(async (manager) => {
      const agreement = await this.ledger.locked(manager, caller.tenantId, id);
      assertVersion(agreement.version, version);
      const facts = patchedFacts(AgreementFacts, agreement, agreement.content, patch);
      const turn = await this.correct(manager, caller, agreement, facts);
      await this.ledger.keep(manager, caller, [turn]);
      return turn.view;
    });
  }

  /**
   * What was entered wrongly is put right, for `AgreementLedger.keep`. Its status stays, whatever the facts say.
   * @param agreement locked by the caller
   */
  async correct(manager: EntityManager, by: Actor, agreement: Agreement, facts: AgreementFacts): Promise<Turn> {
    const synthetic = await this.events.syntheticOf(manager, by.tenantId, facts);
    const deed = { cause: 'correct', action: 'changed' } as const;
    const turn = await this.ledger.turn(manager, by, agreement, deed, () => {
      agreement.synthetic = synthetic;
      agreement.eventId = facts.eventId ?? null;
      agreement.externalRefs = facts.externalRefs ?? [];
      agreement.content = contentOf(facts);
    });
    await this.refs.replace(manager, AGREEMENTS, agreement);
    return turn;
  }

  /** Only what nobody outside has heard of can go without a trace elsewhere than in the audit trail. */
  async remove(caller: Caller, id: string, version: number): Promise<void> {
    await this.transactions.run(async (manager) => {
      const agreement = await this.ledger.locked(manager, caller.tenantId, id);
      assertVersion(agreement.version, version);
      if (agreement.status !== 'draft') {
        const actions = actionsOpenTo(agreement.status, agreement.content);
        throw conflict('not-a-draft', 'Only a draft can be deleted.', { currentStatus: agreement.status, actions });
      }
      if (await this.commitments.existFor(manager, agreement)) {
        throw conflict('has-commitments', 'Commitments name this draft; move them first.', {});
      }
      await this.refs.release(manager, id);
      await this.ledger.discard(manager, caller, agreement);
    });
  }
}
