import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ImportJob } from './import-job.entity';
import { type Line } from './uploaded-lines';

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

  /** Number of each line, where they do not follow one another: a record of CSV may have several lines. */
  @Column('integer', { array: true, nullable: true })
  lineNumbers!: number[] | null;

  @Column('jsonb')
  lines!: Line[];
}
