import { Injectable } from '@nestjs/common';
import { outcomeDocumentCorrected, outcomeDocumentRecorded } from '@expo-accord/contracts';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, invalid, notFound, type Page, paginate, requireScope } from '@expo-accord/http';
import { Outbox, outgoing } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { EventCopies } from '../events/event-copies.service';
import { ExternalRefs } from '../external-refs/external-refs.service';
import { patchedFacts } from '../recorded/patched-facts';
import { PublicUrl } from '../recorded/public-url';
import { contentOf, messageBase, openRecord, recordedView, type RecordedView, touch } from '../recorded/recorded';
import { type CreateOutcomeDocument, OutcomeDocumentFacts, type OutcomeDocumentFilter } from './outcome-document.dto';
import { OutcomeDocument, type OutcomeDocumentContent } from './outcome-document.entity';
import { type Mentioning, unexplainedMentions } from './outcome-document.rules';

export const OUTCOME_DOCUMENTS = 'outcome-documents';

export type OutcomeDocumentView = RecordedView & OutcomeDocumentContent;

/** What meetings came to: areas with their statements, initiatives, negotiation tracks, promoted agreements. */
@Injectable()
export class OutcomeDocuments {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
    private readonly refs: ExternalRefs,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
  ) {}

  async create(caller: Caller, body: CreateOutcomeDocument): Promise<OutcomeDocumentView> {
    const { historical = false, ...facts } = body;
    if (historical) requireScope(caller, 'history:write');
    checkMentions(facts);
    return this.transactions.run(async (manager) => {
      const synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      const document = manager.create(OutcomeDocument, {
        ...openRecord(caller.tenantId, facts, { synthetic, historical }),
        content: contentOf(facts),
      });
      await manager.insert(OutcomeDocument, document);
      await this.refs.claim(manager, OUTCOME_DOCUMENTS, [document]);
      return this.concluded(manager, caller, document, 'created', null);
    });
  }

  async change(caller: Caller, id: string, version: number, patch: object): Promise<OutcomeDocumentView> {
    return this.transactions.run(async (manager) => {
      const where = { id, tenantId: caller.tenantId };
      const document = await manager.findOne(OutcomeDocument, { where, lock: { mode: 'pessimistic_write' } });
      if (!document) throw notFound('outcome document', id);
      assertVersion(document.version, version);
      const before = this.view(document);
      const facts = patchedFacts(OutcomeDocumentFacts, document, document.content, patch);
      checkMentions(facts);
      document.synthetic = await this.events.syntheticOf(manager, caller.tenantId, facts);
      document.eventId = facts.eventId ?? null;
      document.externalRefs = facts.externalRefs ?? [];
      document.content = contentOf(facts);
      touch(document);
      await manager.save(document);
      await this.refs.replace(manager, OUTCOME_DOCUMENTS, document);
      return this.concluded(manager, caller, document, 'changed', before);
    });
  }

  async one(caller: Caller, id: string): Promise<OutcomeDocumentView> {
    const document = await this.transactions.manager.findOneBy(OutcomeDocument, { id, tenantId: caller.tenantId });
    if (!document) throw notFound('outcome document', id);
    return this.view(document);
  }

  async list(caller: Caller, filter: OutcomeDocumentFilter): Promise<Page<OutcomeDocumentView>> {
    const query = this.transactions.manager
      .createQueryBuilder(OutcomeDocument, 'document')
      .where('document.tenantId = :tenantId', { tenantId: caller.tenantId });
    if (filter.eventId !== undefined) query.andWhere('document.eventId = :eventId', { eventId: filter.eventId });
    const page = await paginate(query, filter);
    return { ...page, items: page.items.map((document) => this.view(document)) };
  }

  private async concluded(
    manager: EntityManager,
    caller: Caller,
    document: OutcomeDocument,
    action: string,
    before: OutcomeDocumentView | null,
  ): Promise<OutcomeDocumentView> {
    const after = this.view(document);
    const change = { resource: OUTCOME_DOCUMENTS, resourceId: document.id, action, before, after };
    await this.audit.record(manager, caller, [change]);
    const { id, tenantId, eventId, content } = document;
    const data = {
      ...messageBase(document, after.url, { occurredOn: content.adoptedOn }),
      outcomeDocumentId: id,
      eventId,
      titles: content.titles,
    };
    const contract = before === null ? outcomeDocumentRecorded : outcomeDocumentCorrected;
    await this.outbox.append(manager, [outgoing(contract, { aggregateId: id, tenantId, data })]);
    return after;
  }

  private view(document: OutcomeDocument): OutcomeDocumentView {
    return { ...recordedView(document, this.urls.of(OUTCOME_DOCUMENTS, document.id)), ...document.content };
  }
}

function checkMentions(facts: Mentioning): void {
  const unexplained = unexplainedMentions(facts);
  if (unexplained.length === 0) return;
  throw invalid(
    unexplained.map(({ pointer, code }) => ({
      pointer,
      code: 'mention-unexplained',
      detail: `"${code}" is no initiative, negotiation track or promoted agreement of this document.`,
    })),
  );
}
