import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { type Line } from './line-splitter';
import { ImportJob } from './import-job.entity';

/** Lines as they were sent, personal data and all: the row goes in the transaction that has worked through it. */
@Entity('import_chunk')
export class ImportChunk {
  @PrimaryColumn('uuid')
  @ForeignKey(() => ImportJob, { onDelete: 'CASCADE' })
  jobId!: string;

  @PrimaryColumn('integer')
  number!: number;

  /** Number of its first line in the body, from 1. */
  @Column('integer')
  firstLine!: number;

  @Column('jsonb')
  lines!: Line[];
}
