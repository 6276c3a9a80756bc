import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ImportJob } from './import-job.entity';

/**
 * Whom a dry run would have registered so far, and the invitation codes that it would have used: a later line with the same
 * key would meet an existing registration, or a code with so many uses less.
 */
@Entity('rehearsed_key')
export class RehearsedKey {
  @PrimaryColumn('uuid')
  @ForeignKey(() => ImportJob, { onDelete: 'CASCADE' })
  jobId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('integer', { default: 1 })
  times!: number;

  /** Keyed hash of what the last line said that would have been taken; null for a code. */
  @Column('text', { nullable: true })
  content!: string | null;
}
