import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ImportJob } from './import-job.entity';

/** What became of the lines of one chunk: NDJSON, one result for each line, without personal data. */
@Entity('import_result')
export class ImportResult {
  @PrimaryColumn('uuid')
  @ForeignKey(() => ImportJob, { onDelete: 'CASCADE' })
  jobId!: string;

  @PrimaryColumn('integer')
  number!: number;

  @Column('text')
  results!: string;
}
