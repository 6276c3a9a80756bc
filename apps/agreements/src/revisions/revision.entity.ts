import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type RevisionFacts } from './revision.dto';

/** An amendment or a renewal of an agreement, numbered among its kind. */
@Entity('agreement_revision')
@Index(['tenantId', 'agreementId', 'kind', 'number'], { unique: true })
export class AgreementRevision {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  agreementId!: string;

  @Column('text')
  kind!: RevisionKind;

  @Column('integer')
  number!: number;

  @Column('boolean')
  historical!: boolean;

  @Column('jsonb')
  content!: RevisionContent;

  @Column('timestamptz')
  createdAt!: Date;
}

export type RevisionKind = 'amendment' | 'renewal';

/** One fact of the agreement that became another by it. */
export interface RevisedFact {
  pointer: string;
  before: object | string | boolean | null;
  after: object | string | boolean | null;
}

export type RevisionContent = Omit<RevisionFacts, 'historical' | 'reason'> & { changed: RevisedFact[] };
