import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import { type Caller, conflict, invalidField, notFound } from '@expo-accord/http';
import { type EntityManager, Not } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { PublicUrl } from '../recorded/public-url';
import { Clock } from '../reminders/clock';
import { type CreateDocument } from './document.dto';
import { FiledDocument } from './document.entity';
import { DOCUMENTS, type DocumentView, documentView } from './document.view';
import { type DocumentOwner, DocumentOwners, type OwnerRef } from './document-owners.service';
import { ObjectStore } from './object-store';

const MOST_DOCUMENTS = 200;

export const keyOf = ({ tenantId, id }: FiledDocument): string => `${tenantId}/${id}`;

/** Documents, without what is in them. */
@Injectable()
export class Documents {
  constructor(
    private readonly transactions: Transactions,
    private readonly owners: DocumentOwners,
    private readonly audit: AuditTrail,
    private readonly store: ObjectStore,
    private readonly urls: PublicUrl,
    private readonly clock: Clock,
  ) {}

  async create({ tenantId }: Caller, owner: OwnerRef, body: CreateDocument): Promise<DocumentView> {
    const { name, language = null, authentic = null, mediaType, sha256, replacesId = null } = body;
    if (authentic === true && language === null) {
      throw invalidField('/language', 'required', 'An authentic text says in which language it is.');
    }
    return this.transactions.run(async (manager) => {
      await this.owners.find(manager, tenantId, owner, true);
      const of = { tenantId, ...owner };
      if (
        replacesId !== null &&
        !(await manager.existsBy(FiledDocument, { ...of, id: replacesId, status: 'stored' }))
      ) {
        throw invalidField('/replacesId', 'document-unknown', `There is no document ${replacesId} beside it.`);
      }
      if ((await manager.countBy(FiledDocument, { ...of, status: Not('removed') })) >= MOST_DOCUMENTS) {
        throw conflict('too-many-documents', `It has ${MOST_DOCUMENTS} documents at most.`);
      }
      const now = this.clock.now();
      const document = manager.create(FiledDocument, {
        ...{ id: newId(), ...of, name, language, authentic, mediaType, sha256, replacesId },
        ...{ size: null, status: 'pending', createdAt: now, updatedAt: now },
      });
      await manager.insert(FiledDocument, document);
      return this.view(document);
    });
  }

  /** Oldest first. */
  async of({ tenantId }: Caller, owner: OwnerRef): Promise<{ items: DocumentView[] }> {
    const { manager } = this.transactions;
    await this.owners.find(manager, tenantId, owner, false);
    const where = { tenantId, ...owner, status: Not('removed' as const) };
    const documents = await manager.find(FiledDocument, { where, order: { id: 'ASC' } });
    return { items: documents.map((document) => this.view(document)) };
  }

  async one(caller: Caller, id: string): Promise<DocumentView> {
    return this.view(await this.find(caller, id));
  }

  /** @throws Problem 404 for one that is not there, any more, or for this tenant */
  async find({ tenantId }: Caller, id: string): Promise<FiledDocument> {
    const where = { id, tenantId, status: Not('removed' as const) };
    const document = await this.transactions.manager.findOneBy(FiledDocument, where);
    if (!document) throw notFound('document', id);
    return document;
  }

  /** Its content is in the store. Undefined where the document was removed meanwhile. */
  async settle(caller: Caller, id: string, size: number): Promise<DocumentView | undefined> {
    return this.transactions.run(async (manager) => {
      const where = { id, tenantId: caller.tenantId, status: Not('removed' as const) };
      const document = await manager.findOne(FiledDocument, { where, lock: { mode: 'pessimistic_write' } });
      if (!document || document.status === 'stored') return document ? this.view(document) : undefined;
      const owner = await this.ownerOf(manager, document);
      const before = this.view(document);
      Object.assign(document, { status: 'stored', size: String(size), updatedAt: this.clock.now() });
      await manager.save(document);
      const view = this.view(document);
      await this.note(manager, caller, owner, { action: 'documentStored', before, after: view });
      return view;
    });
  }

  /** Only what is negotiated can go; all else is replaced by another, and stays. */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const where = { id, tenantId: caller.tenantId, status: Not('removed' as const) };
      const document = await manager.findOne(FiledDocument, { where, lock: { mode: 'pessimistic_write' } });
      if (!document) throw notFound('document', id);
      const owner = await this.ownerOf(manager, document);
      if (document.status === 'stored' && !owner.isOpen) {
        const detail = 'What it belongs to is final. Add another document that names this one as replacesId.';
        throw conflict('document-immutable', detail, owner.said);
      }
      const before = this.view(document);
      const wasStored = document.status === 'stored';
      Object.assign(document, { status: 'removed', updatedAt: this.clock.now() });
      await manager.save(document);
      if (wasStored) await this.note(manager, caller, owner, { action: 'documentRemoved', before, after: null });
      // Should this fail, the sweeper removes it.
      this.transactions.afterCommit(() => this.store.remove(keyOf(document)));
    });
  }

  private async ownerOf(manager: EntityManager, document: FiledDocument): Promise<DocumentOwner> {
    const { tenantId, resource, resourceId } = document;
    return this.owners.find(manager, tenantId, { resource, resourceId }, true);
  }

  /** In the owner's trail, which its creation began. */
  private async note(
    manager: EntityManager,
    caller: Caller,
    { trail }: DocumentOwner,
    change: { action: string; before: DocumentView; after: DocumentView | null },
  ): Promise<void> {
    await this.audit.record(manager, caller, [{ ...trail, ...change }]);
  }

  private view(document: FiledDocument): DocumentView {
    return documentView(document, this.urls.of(DOCUMENTS, document.id));
  }
}
