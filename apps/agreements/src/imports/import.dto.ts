import { ApiProperty, OmitType } from '@nestjs/swagger';
import { PageQuery } from '@expo-accord/http';
import { IsIn, IsOptional } from 'class-validator';
import { DryRunQuery } from '../recorded/dry-run.query';
import {
  type JobStatus,
  jobStatuses,
  type LineOutcome,
  lineOutcomes,
  type OnExisting,
  onExistingChoices,
} from './import.entity';

export class ImportQuery extends DryRunQuery {
  /** What becomes of a line whose code is there already. */
  @IsOptional()
  @IsIn(onExistingChoices)
  onExisting?: OnExisting;
}

export class ResultQuery {
  @IsOptional()
  @IsIn(lineOutcomes)
  outcome?: LineOutcome;
}

export class ImportListQuery extends OmitType(PageQuery, ['ref']) {}

/** `ImportView`, for the API document. */
export class ImportAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: jobStatuses })
  status!: JobStatus;

  @ApiProperty({ enum: onExistingChoices })
  onExisting!: OnExisting;

  dryRun!: boolean;

  @ApiProperty({ type: 'integer' })
  lines!: number;

  @ApiProperty({ type: 'integer', description: 'Lines that have a result' })
  processed!: number;

  @ApiProperty({ type: 'integer' })
  created!: number;

  @ApiProperty({ type: 'integer' })
  updated!: number;

  @ApiProperty({ type: 'integer', description: 'Sent again with onExisting=update and the same as before' })
  unchanged!: number;

  @ApiProperty({ type: 'integer' })
  skipped!: number;

  @ApiProperty({ type: 'integer' })
  refused!: number;

  @ApiProperty({ format: 'uri' })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}
