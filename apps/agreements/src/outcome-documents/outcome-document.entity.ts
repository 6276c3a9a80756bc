import { Column, Entity, Index } from 'typeorm';
import { Recorded } from '../recorded/recorded.entity';
import { type OutcomeDocumentFacts } from './outcome-document.dto';

/** The facts as entered, but for those that are columns. */
export type OutcomeDocumentContent = Omit<OutcomeDocumentFacts, 'eventId' | 'externalRefs' | 'synthetic'>;

@Entity()
@Index(['tenantId', 'id'])
@Index(['tenantId', 'eventId'])
@Index('outcome_document_external_refs_idx', { synchronize: false })
export class OutcomeDocument extends Recorded {
  @Column('jsonb')
  content!: OutcomeDocumentContent;
}
