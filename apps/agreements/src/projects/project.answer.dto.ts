import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { RecordedAnswer } from '../recorded/recorded.answer.dto';
import { ProjectFacts } from './project.dto';
import { jobStatuses, type JobStatus, type OnExisting, onExistingChoices } from './project-import.entity';
import { projectActions, type ProjectAction, type ProjectStatus, projectStatuses } from './project.rules';

/** `ProjectView`, for the API document. */
export class ProjectAnswer extends IntersectionType(ProjectFacts, RecordedAnswer) {
  @ApiProperty({ enum: projectStatuses })
  status!: ProjectStatus;

  @ApiProperty({ enum: projectActions, isArray: true, description: 'Possible now' })
  actions!: ProjectAction[];
}

/** `ProjectImportView`, for the API document. */
export class ProjectImportAnswer {
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
