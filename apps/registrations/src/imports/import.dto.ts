import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQuery } from '@expo-accord/http';
import { IsIn, IsOptional } from 'class-validator';
import { type OnExisting } from '../registrations/admission.rules';
import { notifyChoices, onExistingChoices } from '../registrations/registration.dto';
import { type ImportJob, type ImportStatus } from './import-job.entity';

const flags = ['true', 'false'] as const;
export const importStatuses = ['receiving', 'queued', 'running', 'done', 'cancelled', 'failed'] as const;

export class ImportQuery {
  @ApiPropertyOptional({ enum: onExistingChoices, default: 'skip', description: 'What to do about who is registered' })
  @IsOptional()
  @IsIn(onExistingChoices)
  onExisting: OnExisting = 'skip';

  @ApiPropertyOptional({
    enum: notifyChoices,
    default: 'none',
    description:
      'For who is new; a line may still say none for itself. Who is registered already keeps theirs, but where a line says none, or changes as the import does',
  })
  @IsOptional()
  @IsIn(notifyChoices)
  notify: (typeof notifyChoices)[number] = 'none';

  @ApiPropertyOptional({
    enum: flags,
    default: 'false',
    description:
      'Tells what would come of it, and does nothing. A line that would put right another of the same file is `updated`, whatever might be wrong with it',
  })
  @IsOptional()
  @IsIn(flags)
  dryRun: (typeof flags)[number] = 'false';

  @ApiPropertyOptional({
    enum: flags,
    default: 'false',
    description: 'Lines are history: any status, no window, no limit of places, no mail. Wants the scope history:write',
  })
  @IsOptional()
  @IsIn(flags)
  historical: (typeof flags)[number] = 'false';
}

export class ImportListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: importStatuses })
  @IsOptional()
  @IsIn(importStatuses)
  status?: ImportStatus;
}

export class ImportAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ enum: importStatuses })
  status!: ImportStatus;

  @ApiProperty({ enum: onExistingChoices })
  onExisting!: OnExisting;

  @ApiProperty({ enum: notifyChoices })
  notify!: (typeof notifyChoices)[number];

  @ApiProperty()
  dryRun!: boolean;

  @ApiProperty()
  historical!: boolean;

  @ApiProperty({ type: 'integer', description: 'Without blank ones' })
  lines!: number;

  @ApiProperty({ type: 'integer', description: 'Lines that have a result' })
  processed!: number;

  @ApiProperty({ type: 'integer' })
  created!: number;

  @ApiProperty({ type: 'integer', description: 'Were there already, and are as the line says or were left alone' })
  unchanged!: number;

  @ApiProperty({ type: 'integer' })
  updated!: number;

  @ApiProperty({ type: 'integer' })
  waitlisted!: number;

  @ApiProperty({ type: 'integer', description: 'Were forgotten, and stay so' })
  erased!: number;

  @ApiProperty({ type: 'integer' })
  refused!: number;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

export class ImportPage {
  @ApiProperty({ type: () => [ImportAnswer] })
  items!: ImportAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export function importAnswerOf(job: ImportJob): ImportAnswer {
  const { id, eventId, status, onExisting, dryRun, historical, lines } = job;
  const { created, unchanged, updated, waitlisted, erased, refused } = job;
  return {
    id,
    eventId,
    status,
    onExisting,
    notify: job.notify ? 'changes' : 'none',
    dryRun,
    historical,
    lines,
    processed: created + unchanged + updated + waitlisted + erased + refused,
    created,
    unchanged,
    updated,
    waitlisted,
    erased,
    refused,
    version: job.version,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
