import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { RecordedAnswer } from '../recorded/recorded.answer.dto';
import { ProjectFacts } from './project.dto';
import { projectActions, type ProjectAction, type ProjectStatus, projectStatuses } from './project.rules';

/** `ProjectView`, for the API document. */
export class ProjectAnswer extends IntersectionType(ProjectFacts, RecordedAnswer) {
  @ApiProperty({ enum: projectStatuses })
  status!: ProjectStatus;

  @ApiProperty({ enum: projectActions, isArray: true, description: 'Possible now' })
  actions!: ProjectAction[];
}
