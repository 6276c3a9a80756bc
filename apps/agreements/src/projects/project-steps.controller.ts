import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequiresScope } from '@expo-accord/http';
import { DryRunQuery } from '../recorded/dry-run.query';
import { projectActionParam, ProjectActionPipe } from './project-action.pipe';
import { type ProjectAction } from './project.rules';
import { ProjectStepsAnswer, ProjectStepsBody } from './project-steps.dto';
import { ProjectSteps } from './project-steps.service';

@ApiTags('Projects')
@Controller('v1/projects/actions')
export class ProjectStepsController {
  constructor(private readonly steps: ProjectSteps) {}

  @Post(':action')
  @HttpCode(200)
  @RequiresScope('agreements:write')
  @ApiParam(projectActionParam)
  @ApiOperation({
    summary: 'Take many projects one step further; those that cannot are told with the reason, the others go',
  })
  @ApiOkResponse({ type: ProjectStepsAnswer })
  async act(
    @CurrentCaller() caller: Caller,
    @Param('action', ProjectActionPipe) action: ProjectAction,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: ProjectStepsBody,
  ): Promise<ProjectStepsAnswer> {
    return this.steps.take(caller, action, body, dryRun === 'true');
  }
}
