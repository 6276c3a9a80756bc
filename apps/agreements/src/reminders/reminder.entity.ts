import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * One thing to be told of a commitment or a milestone, at one time: a row is claimed by whoever tells it, and what was told
 * stays. The last day is part of the key, so that another due date is told of anew.
 */
@Entity()
@Index(['at'], { where: 'announced_at IS NULL' })
export class CommitmentReminder {
  @PrimaryColumn('uuid')
  commitmentId!: string;

  /** The milestone, or the commitment itself. */
  @PrimaryColumn('uuid')
  stepId!: string;

  @PrimaryColumn('date')
  dueOn!: string;

  /** Days before; 0 tells that it is overdue. */
  @PrimaryColumn('integer')
  leadDays!: number;

  @Column('timestamptz')
  dueAt!: Date;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz', { nullable: true })
  announcedAt!: Date | null;
}

/** The lead times of a tenant's commitments that have none of their own. */
@Entity()
export class TenantLeadTimes {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @Column('jsonb')
  leadDays!: number[];

  @Column('integer')
  version!: number;
}
