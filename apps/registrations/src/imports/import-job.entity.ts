import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type OnExisting } from '../registrations/admission.rules';

/** `receiving` while its body is still coming in; `queued` and `running` are the two that a worker takes up. */
export type ImportStatus = 'receiving' | 'queued' | 'running' | 'done' | 'cancelled' | 'failed';

@Entity('import_job')
@Index(['tenantId', 'eventId', 'id'])
@Index('import_job_unfinished', ['id'], { where: `status = 'receiving' OR status = 'queued' OR status = 'running'` })
export class ImportJob {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  status!: ImportStatus;

  @Column('text')
  onExisting!: OnExisting;

  @Column('boolean')
  notify!: boolean;

  @Column('boolean')
  dryRun!: boolean;

  @Column('boolean')
  historical!: boolean;

  @Column('integer', { default: 0 })
  lines!: number;

  @Column('integer', { default: 0 })
  chunks!: number;

  @Column('integer', { default: 0 })
  chunksDone!: number;

  @Column('integer', { default: 0 })
  created!: number;

  @Column('integer', { default: 0 })
  waitlisted!: number;

  @Column('integer', { default: 0 })
  skipped!: number;

  @Column('integer', { default: 0 })
  updated!: number;

  @Column('integer', { default: 0 })
  refused!: number;

  /** Places that a dry run would have taken so far, by quota: it must not promise the same place twice. */
  @Column('jsonb', { default: {} })
  rehearsedDraws!: Record<string, number>;

  /** Request id of the upload: it goes into the messages as their correlation id. */
  @Column('text', { nullable: true })
  requestId!: string | null;

  /** W3C trace context of the upload: what its lines cause goes on in its trace. */
  @Column('text', { nullable: true })
  traceparent!: string | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
