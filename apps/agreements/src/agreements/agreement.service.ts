import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, conflict, invalidField, requireScope } from '@expo-accord/http';
import { CommitmentDisclosure } from '../commitments/commitment-disclosure.service';
import { EventCopies } from '../events/event-copies.service';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { contentOf, openRecord } from '../recorded/recorded';
import { patchedFacts } from '../recorded/patched-facts';
import { AGREEMENTS, AgreementLedger } from './agreement-ledger.service';
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
        entersOn: null,
        content: contentOf(facts),
      });
      await this.refs.claim(manager, AGREEMENTS, [agreement]);
      return this.ledger.enter(manager, caller, agreement);
    });
  }

  /** What was entered wrongly is put right. Its status stays, whatever the facts say. */
  async change(caller: Caller, id: string, version: number, patch: object): Promise<AgreementView> {
    return this.transactions.run(async (manager) => {
      const agreement = await this.ledger.locked(manager, caller.tenantId, id);
      assertVersion(agreement.version, version);
      const facts = patchedFacts(AgreementFacts, agreement, agreement.content, patch);
      const synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      const deed = { cause: 'correct', action: 'changed' } as const;
      const turn = await this.ledger.turn(caller, agreement, deed, () => {
        agreement.synthetic = synthetic;
        agreement.eventId = facts.eventId ?? null;
        agreement.externalRefs = facts.externalRefs ?? [];
        agreement.content = contentOf(facts);
      });
      await this.refs.replace(manager, AGREEMENTS, agreement);
      await this.ledger.keep(manager, caller, [turn]);
      return turn.view;
    });
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
