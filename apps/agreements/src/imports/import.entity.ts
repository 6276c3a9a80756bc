import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type ExternalRef } from '@expo-accord/values';
import { type ImportKind } from './import-kinds';

export const onExistingChoices = ['skip', 'update', 'refuse'] as const;
export type OnExisting = (typeof onExistingChoices)[number];

/**
 * `receiving` while its body is still coming in. `failed`: the rest of it never came, or it could not be gone on with, for a
 * reason that would not pass; what was entered until then stays.
 */
export const jobStatuses = ['receiving', 'queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const lineOutcomes = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

/** What became of a line. */
export interface EnteredLine {
  line: number;
  externalRefs: ExternalRef[];
  outcome: LineOutcome;
  /** Why it was refused; null otherwise. */
  code: string | null;
  /** Of what the line entered, or found to be there. */
  id: string | null;
  errors?: { pointer: string; code: string; detail: string }[];
}

/** The same as it is answered: the id is called after its kind, `projectId` or `agreementId`. */
export type LineResult = Omit<EnteredLine, 'id'> & { [of in `${ImportKind}Id`]?: string | null };

@Entity()
@Index(['tenantId', 'kind', 'id'])
@Index('import_job_unfinished_idx', ['id'], { where: `status IN ('receiving', 'queued', 'running')` })
export class ImportJob {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  kind!: ImportKind;

  @Column('text')
  keyId!: string;

  @Column('boolean')
  mayWriteHistory!: boolean;

  @Column('text')
  requestId!: string;

  /** W3C trace context of the upload: what its lines cause goes on in its trace. */
  @Column('text', { nullable: true })
  traceparent!: string | null;

  @Column('text')
  onExisting!: OnExisting;

  @Column('boolean')
  dryRun!: boolean;

  @Column('text')
  status!: JobStatus;

  @Column('integer')
  lines!: number;

  @Column('integer', { default: 0 })
  created!: number;

  @Column('integer', { default: 0 })
  updated!: number;

  @Column('integer', { default: 0 })
  unchanged!: number;

  @Column('integer', { default: 0 })
  skipped!: number;

  @Column('integer', { default: 0 })
  refused!: number;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}

@Entity()
export class ImportLine {
  @PrimaryColumn('uuid')
  importId!: string;

  @PrimaryColumn('integer')
  line!: number;

  /** The line as it was sent; may be no JSON at all. */
  @Column('text')
  input!: string;

  @Column('jsonb', { nullable: true })
  result!: LineResult | null;
}
