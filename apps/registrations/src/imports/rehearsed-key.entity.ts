import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ImportJob } from './import-job.entity';

/** Whom a dry run would have registered so far: a later line with the same key would meet an existing registration. */
@Entity('rehearsed_key')
export class RehearsedKey {
  @PrimaryColumn('uuid')
  @ForeignKey(() => ImportJob, { onDelete: 'CASCADE' })
  jobId!: string;

  @PrimaryColumn('text')
  key!: string;
}
