import { Injectable } from '@nestjs/common';
import { notFound } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { AGREEMENTS } from '../agreements/agreement-ledger.service';
import { Agreement } from '../agreements/agreement.entity';
import { type Change } from '../audit/audit-trail.service';
import { Commitment, CommitmentAssessment } from '../commitments/commitment.entity';
import { COMMITMENTS } from '../commitments/commitment.view';
import { OutcomeDocument } from '../outcome-documents/outcome-document.entity';
import { OUTCOME_DOCUMENTS } from '../outcome-documents/outcome-document.service';
import { type DocumentedResource } from './documented-resources';

/** Which resource a document belongs to. */
export interface OwnerRef {
  resource: DocumentedResource;
  resourceId: string;
}

export interface DocumentOwner {
  /** Whose trail tells of its documents. */
  trail: Pick<Change, 'resource' | 'resourceId'>;
  /** What is negotiated may still be thrown away; what was agreed, adopted or judged stays, with all that came of it. */
  isOpen: boolean;
  /** What is said of it where it is not. */
  said: Record<string, unknown>;
}

const stillOpen = ['draft', 'negotiating'];

/** Agreements, outcome documents and assessments, as far as they have documents. */
@Injectable()
export class DocumentOwners {
  /**
   * @param isHeld until commit, so that it takes no step meanwhile, and its trail grows by one at a time
   * @throws Problem 404
   */
  async find(manager: EntityManager, tenantId: string, of: OwnerRef, isHeld: boolean): Promise<DocumentOwner> {
    const { resource, resourceId: id } = of;
    const held = isHeld ? { lock: { mode: 'pessimistic_write' } as const } : {};
    const final = { isOpen: false, said: {} };
    switch (resource) {
      case 'agreements': {
        const agreement = await manager.findOne(Agreement, { where: { id, tenantId }, ...held });
        if (!agreement) throw notFound('agreement', id);
        const { status } = agreement;
        const said = { agreementStatus: status };
        return { trail: { resource: AGREEMENTS, resourceId: id }, isOpen: stillOpen.includes(status), said };
      }
      case 'outcome-documents': {
        const document = await manager.findOne(OutcomeDocument, { where: { id, tenantId }, ...held });
        if (!document) throw notFound('outcome document', id);
        return { trail: { resource: OUTCOME_DOCUMENTS, resourceId: id }, ...final };
      }
      case 'assessments': {
        const assessment = await manager.findOneBy(CommitmentAssessment, { id, tenantId });
        if (!assessment) throw notFound('assessment', id);
        const { commitmentId } = assessment;
        // The assessment itself never changes.
        if (isHeld) await manager.findOne(Commitment, { where: { id: commitmentId, tenantId }, ...held });
        return { trail: { resource: COMMITMENTS, resourceId: commitmentId }, ...final };
      }
    }
  }
}
