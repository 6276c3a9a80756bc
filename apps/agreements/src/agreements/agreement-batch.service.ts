import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { Problem, readFlag, readNumber } from '@expo-accord/http';
import { Outbox, type OutgoingMessage } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { type EnteredLine, type OnExisting } from '../imports/import.entity';
import { refuseLine } from '../imports/import-lines';
import { decideOnExisting, joinRefs } from '../imports/import.rules';
import { type Enterer, type Importer, type ReadLine } from '../imports/importer';
import { contentOf } from '../recorded/recorded';
import { AGREEMENTS, AgreementLedger } from './agreement-ledger.service';
import { AgreementSteps } from './agreement-steps.service';
import { CreateAgreement } from './agreement.dto';
import { type Agreement } from './agreement.entity';
import { actionBetween } from './agreement.rules';
import { Agreements } from './agreement.service';

/** What a line did, and what is to be told of it. */
interface Settled {
  outcome: EnteredLine['outcome'];
  agreement: Pick<Agreement, 'id' | 'externalRefs'>;
  messages: OutgoingMessage[];
}

/** Entering many agreements, each as by itself: what is wrong with one leaves nothing of it, and the others as they are. */
@Injectable()
export class AgreementBatches implements Importer<CreateAgreement> {
  readonly shape = {
    body: CreateAgreement,
    readers: {
      historical: readFlag,
      synthetic: readFlag,
      binding: readFlag,
      'entryIntoForce.daysAfter': readNumber,
      'entryIntoForce.instruments.inclusive': readFlag,
      'parties.count.inclusive': readFlag,
      'statements.count.inclusive': readFlag,
      'statements.items.*.verbatim': readFlag,
      'amounts.*.inclusive': readFlag,
    },
  };

  constructor(
    private readonly transactions: Transactions,
    private readonly agreements: Agreements,
    private readonly ledger: AgreementLedger,
    private readonly steps: AgreementSteps,
    private readonly refs: ExternalRefs,
    private readonly outbox: Outbox,
  ) {}

  async enter(
    manager: EntityManager,
    by: Enterer,
    onExisting: OnExisting,
    lines: readonly ReadLine<CreateAgreement>[],
  ): Promise<EnteredLine[]> {
    const results: EnteredLine[] = [];
    const messages: OutgoingMessage[] = [];
    for (const line of lines) {
      if ('refused' in line) {
        results.push(line.refused);
        continue;
      }
      const { externalRefs = [] } = line.body;
      try {
        const settled = await this.transactions.attempt((part) => this.settle(part, by, onExisting, line.body));
        messages.push(...settled.messages);
        const { id, externalRefs: known } = settled.agreement;
        results.push({ line: line.line, externalRefs: known, outcome: settled.outcome, code: null, id });
      } catch (error) {
        results.push(refusal(line.line, error, externalRefs));
      }
    }
    if (messages.length > 0) await this.outbox.append(manager, messages);
    return results;
  }

  private async settle(
    manager: EntityManager,
    by: Enterer,
    onExisting: OnExisting,
    body: CreateAgreement,
  ): Promise<Settled> {
    const { externalRefs: sent = [], status, historical, ...facts } = body;
    const owners = await this.refs.owners(manager, AGREEMENTS, by.tenantId, sent);
    const [id, another] = new Set(owners.values());
    if (another !== undefined) throw refused('external-ref-taken', '/externalRefs', 'The codes belong to several.');
    if (id === undefined) {
      const { view, messages } = await this.agreements.enter(manager, by, body);
      return { outcome: 'created', agreement: view, messages };
    }
    const agreement = await this.ledger.locked(manager, by.tenantId, id);
    const externalRefs = joinRefs(agreement.externalRefs, sent);
    const next = { status: status ?? agreement.status, eventId: facts.eventId ?? null, externalRefs };
    const stated = { ...next, content: contentOf(facts) };
    const decision = decideOnExisting('agreement', onExisting, agreement, stated, () =>
      actionBetween(agreement.status, next.status, agreement.content),
    );
    if (decision.outcome === 'refused') throw refused(decision.code, '', decision.detail);
    if (decision.outcome !== 'updated') return { outcome: decision.outcome, agreement, messages: [] };
    const messages: OutgoingMessage[] = [];
    if (decision.corrects) {
      const corrected = { ...facts, externalRefs };
      // An event decides what is simulated; without one it stays what it was.
      if (next.eventId === null) corrected.synthetic ??= agreement.synthetic;
      const turn = await this.agreements.correct(manager, by, agreement, corrected);
      messages.push(...(await this.ledger.keepUntold(manager, by, [turn])));
    }
    if (decision.action !== null) {
      const turns = await this.steps.take(manager, by, agreement, decision.action, { historical: historical ?? false });
      messages.push(...(await this.ledger.keepUntold(manager, by, turns)));
    }
    return { outcome: 'updated', agreement, messages };
  }
}

/** Only a line is refused by it; alone it would have another kind. */
const refused = (code: string, pointer: string, detail: string): Problem =>
  new Problem('invalid', code, detail, { errors: [{ pointer, code, detail }] });

/** Another import claimed the code meanwhile: as any failure that is not the line's own, it is thrown, and the batch begins anew. */
function refusal(line: number, error: unknown, externalRefs: EnteredLine['externalRefs']): EnteredLine {
  if (!(error instanceof Problem) || (error.code === 'external-ref-taken' && error.kind === 'conflict')) throw error;
  const errors = error.errors ?? [{ pointer: '', code: error.code, detail: error.detail }];
  const code = error.code === 'invalid' ? (errors[0]?.code ?? error.code) : error.code;
  return refuseLine(line, code, errors, externalRefs);
}
