import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import { type Caller, conflict, invalidField, notFound } from '@expo-accord/http';
import { type EntityManager, Not } from 'typeorm';
import { Agreement } from '../agreements/agreement.entity';
import { AGREEMENTS } from '../agreements/agreement.service';
import { AuditTrail } from '../audit/audit-trail.service';
import { PublicUrl } from '../recorded/public-url';
import { Clock } from '../reminders/clock';
import { type CreateDocument } from './document.dto';
import { AgreementDocument } from './document.entity';
import { DOCUMENTS, type DocumentView, documentView } from './document.view';
import { ObjectStore } from './object-store';

const MOST_DOCUMENTS = 200;

/** What is negotiated may still be thrown away. */
const stillOpen = ['draft', 'negotiating'];

export const keyOf = ({ tenantId, id }: AgreementDocument): string => `${tenantId}/${id}`;

/** The documents of agreements, without what is in them. */
@Injectable()
export class Documents {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditTrail,
    private readonly store: ObjectStore,
    private readonly urls: PublicUrl,
    private readonly clock: Clock,
  ) {}

  async create(caller: Caller, agreementId: string, body: CreateDocument): Promise<DocumentView> {
    const { name, language = null, authentic = null, mediaType, sha256, replacesId = null } = body;
    if (authentic === true && language === null) {
      throw invalidField('/language', 'required', 'An authentic text says in which language it is.');
    }
    return this.transactions.run(async (manager) => {
      await this.agreementOf(manager, caller, agreementId);
      const of = { tenantId: caller.tenantId, agreementId };
      if (
        replacesId !== null &&
        !(await manager.existsBy(AgreementDocument, { ...of, id: replacesId, status: 'stored' }))
      ) {
        throw invalidField('/replacesId', 'document-unknown', `The agreement has no document ${replacesId}.`);
      }
      if ((await manager.countBy(AgreementDocument, { ...of, status: Not('removed') })) >= MOST_DOCUMENTS) {
        throw conflict('too-many-documents', `An agreement has ${MOST_DOCUMENTS} documents at most.`);
      }
      const now = this.clock.now();
      const document = manager.create(AgreementDocument, {
        ...{ id: newId(), ...of, name, language, authentic, mediaType, sha256, replacesId },
        ...{ size: null, status: 'pending', createdAt: now, updatedAt: now },
      });
      await manager.insert(AgreementDocument, document);
      return this.view(document);
    });
  }

  async ofAgreement(caller: Caller, agreementId: string): Promise<{ items: DocumentView[] }> {
    const { manager } = this.transactions;
    const { tenantId } = caller;
    if (!(await manager.existsBy(Agreement, { id: agreementId, tenantId }))) throw notFound('agreement', agreementId);
    const where = { tenantId, agreementId, status: Not('removed' as const) };
    const documents = await manager.find(AgreementDocument, { where, order: { id: 'ASC' } });
    return { items: documents.map((document) => this.view(document)) };
  }

  async one(caller: Caller, id: string): Promise<DocumentView> {
    return this.view(await this.find(caller, id));
  }

  /** @throws Problem 404 for one that is not there, any more, or for this tenant */
  async find({ tenantId }: Caller, id: string): Promise<AgreementDocument> {
    const where = { id, tenantId, status: Not('removed' as const) };
    const document = await this.transactions.manager.findOneBy(AgreementDocument, where);
    if (!document) throw notFound('document', id);
    return document;
  }

  /** Its content is in the store. Undefined where the document was removed meanwhile. */
  async settle(caller: Caller, id: string, size: number): Promise<DocumentView | undefined> {
    return this.transactions.run(async (manager) => {
      const where = { id, tenantId: caller.tenantId, status: Not('removed' as const) };
      const document = await manager.findOne(AgreementDocument, { where, lock: { mode: 'pessimistic_write' } });
      if (!document || document.status === 'stored') return document ? this.view(document) : undefined;
      await this.agreementOf(manager, caller, document.agreementId);
      Object.assign(document, { status: 'stored', size: String(size), updatedAt: this.clock.now() });
      await manager.save(document);
      const view = this.view(document);
      await this.note(manager, caller, { action: 'documentStored', before: null, after: view });
      return view;
    });
  }

  /** Only what was not agreed yet can go; what was agreed is replaced by another, and stays. */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const where = { id, tenantId: caller.tenantId, status: Not('removed' as const) };
      const document = await manager.findOne(AgreementDocument, { where, lock: { mode: 'pessimistic_write' } });
      if (!document) throw notFound('document', id);
      const { status } = await this.agreementOf(manager, caller, document.agreementId);
      if (document.status === 'stored' && !stillOpen.includes(status)) {
        const detail = 'What was agreed stays. Add another document that names this one as replacesId.';
        throw conflict('document-immutable', detail, { agreementStatus: status });
      }
      const before = this.view(document);
      const wasStored = document.status === 'stored';
      Object.assign(document, { status: 'removed', updatedAt: this.clock.now() });
      await manager.save(document);
      if (wasStored) await this.note(manager, caller, { action: 'documentRemoved', before, after: null });
      // Should this fail, the sweeper removes it.
      this.transactions.afterCommit(() => this.store.remove(keyOf(document)));
    });
  }

  /** Held, so that it takes no step between this look and our commit, and its trail grows by one at a time. */
  private async agreementOf(manager: EntityManager, { tenantId }: Caller, id: string): Promise<Agreement> {
    const lock = { mode: 'pessimistic_write' } as const;
    const agreement = await manager.findOne(Agreement, { where: { id, tenantId }, lock });
    if (!agreement) throw notFound('agreement', id);
    return agreement;
  }

  /** In the agreement's own trail. */
  private async note(
    manager: EntityManager,
    caller: Caller,
    change: { action: string; before: DocumentView | null; after: DocumentView | null },
  ): Promise<void> {
    const resourceId = (change.after ?? change.before)?.agreementId ?? '';
    await this.audit.record(manager, caller, [{ resource: AGREEMENTS, resourceId, ...change }]);
  }

  private view(document: AgreementDocument): DocumentView {
    return documentView(document, this.urls.of(DOCUMENTS, document.id));
  }
}
