import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsUUID } from 'class-validator';
import { ProjectActionBody } from './project.dto';
import { projectActions, type ProjectAction, type ProjectStatus, projectStatuses } from './project.rules';

const MOST_PROJECTS = 1_000;

export class ProjectStepsBody extends ProjectActionBody {
  /** Each is answered for by itself. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_PROJECTS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids!: string[];
}

/** What became of one of the projects. */
export class ProjectStepOutcome {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['done', 'refused'] })
  outcome!: 'done' | 'refused';

  @ApiProperty({ type: String, nullable: true, description: 'Why it was refused' })
  code!: string | null;

  @ApiProperty({
    enum: projectStatuses,
    nullable: true,
    description: 'Where it stands; null if there is no such project',
  })
  status!: ProjectStatus | null;

  @ApiProperty({ type: 'integer', nullable: true })
  version!: number | null;

  @ApiProperty({ enum: projectActions, isArray: true, description: 'Possible now' })
  actions!: ProjectAction[];
}

export class ProjectStepsAnswer {
  @ApiProperty({ type: [ProjectStepOutcome], description: 'In the order of the ids' })
  items!: ProjectStepOutcome[];
}
