import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type PlanBasis } from '../reminders/reminder-basis';
import { Recorded } from '../recorded/recorded.entity';
import { type CommitmentFacts, type CreateAssessment } from './commitment.dto';
import { type AssessmentOutcome } from './commitment.rules';

/** The facts as entered, but for those that are columns. */
export type CommitmentContent = Omit<
  CommitmentFacts,
  'eventId' | 'externalRefs' | 'synthetic' | 'agreementId' | 'outcomeDocumentId'
>;

@Entity()
@Index(['tenantId', 'id'])
@Index(['tenantId', 'eventId'])
@Index('commitment_external_refs_idx', { synchronize: false })
@Index(['agreementId'])
@Index(['outcomeDocumentId'])
@Index(['tenantId', 'dueAt'], { where: 'due_at IS NOT NULL' })
export class Commitment extends Recorded {
  @Column('uuid', { nullable: true })
  agreementId!: string | null;

  @Column('uuid', { nullable: true })
  outcomeDocumentId!: string | null;

  /** Outcome of the latest assessment; null as long as nobody assessed it. */
  @Column('text', { nullable: true })
  assessment!: AssessmentOutcome | null;

  /** Outsiders have been told of it; false while its agreement is still negotiated. */
  @Column('boolean')
  disclosed!: boolean;

  @Column('jsonb')
  content!: CommitmentContent;

  /** Outcome of the latest assessment of each milestone that was assessed. */
  @Column('jsonb', { default: {} })
  milestoneAssessments!: Record<string, AssessmentOutcome>;

  /** What its reminders were planned by; null as long as nothing of it was due at any time. */
  @Column('jsonb', { nullable: true })
  plannedBy!: PlanBasis | null;

  /** The first instant at which it is late; null where nothing is due, or any more. */
  @Column('timestamptz', { nullable: true })
  dueAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  dueSoonAt!: Date | null;
}

/** One judgement; a later one stands beside it and never replaces it. */
@Entity()
@Index(['tenantId', 'commitmentId', 'id'])
export class CommitmentAssessment {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  commitmentId!: string;

  /** Null where the commitment itself was judged. */
  @Column('uuid', { nullable: true })
  milestoneId!: string | null;

  @Column('text')
  outcome!: AssessmentOutcome;

  /** The event that it followed from; null where a person judged. */
  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('jsonb')
  content!: Omit<CreateAssessment, 'outcome' | 'milestoneId'>;

  @Column('timestamptz')
  createdAt!: Date;
}
