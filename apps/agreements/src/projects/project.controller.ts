import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { CSV, CsvExports } from '../exports/csv-export.service';
import { ApiPage } from '../recorded/api-page';
import { projectActionParam, ProjectActionPipe } from './project-action.pipe';
import { ProjectAnswer } from './project.answer.dto';
import { DryRunQuery } from '../recorded/dry-run.query';
import { CreateProject, ProjectActionBody, ProjectFacts, ProjectFilter } from './project.dto';
import { type ProjectAction } from './project.rules';
import { Projects } from './project.service';
import { type ProjectView } from './project.view';

@ApiTags('Projects')
@Controller('v1/projects')
export class ProjectController {
  constructor(
    private readonly projects: Projects,
    private readonly exports: CsvExports,
  ) {}

  @Post()
  @Created('projects')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Enter a project at announced or signed, or one of the past at any status' })
  @ApiCreatedResponse({ type: ProjectAnswer })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateProject): Promise<ProjectView> {
    return this.projects.create(caller, body);
  }

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({
    summary: 'List projects',
    description: 'With Accept: text/csv all of them as a file, with the same filters and without pages.',
  })
  @ApiPage(ProjectAnswer)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() filter: ProjectFilter,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<ProjectView> | StreamableFile> {
    reply.header('vary', 'Accept, Accept-Language');
    if (accept?.includes(CSV) !== true) return this.projects.list(caller, filter);
    const first = ['id', 'status', 'industry', 'eventId'];
    return this.exports.file({ caller, filter, name: 'projects', first }, (by, page) => this.projects.list(by, page));
  }

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One project, with the actions possible now' })
  @ApiOkResponse({ type: ProjectAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ProjectView> {
    return this.projects.one(caller, id);
  }

  @Patch(':id')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Correct it (JSON merge patch; null clears). Its status changes by actions only' })
  @ApiBody({ type: ProjectFacts, required: true })
  @ApiOkResponse({ type: ProjectAnswer })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: object,
  ): Promise<ProjectView> {
    return this.projects.change(caller, id, version, patch);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @RequiresScope('agreements:write')
  @ApiParam(projectActionParam)
  @ApiOperation({ summary: 'Take it one step further; an illegal step is 409 and names those possible' })
  @ApiOkResponse({ type: ProjectAnswer })
  async act(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('action', ProjectActionPipe) action: ProjectAction,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: ProjectActionBody,
  ): Promise<ProjectView> {
    return this.projects.act(caller, id, action, body, dryRun === 'true');
  }
}
