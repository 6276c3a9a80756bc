import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  CurrentCaller,
  IdPipe,
  type Page,
  PageQuery,
  RequiresScope,
  Upload,
  type UploadedBody,
} from '@expo-accord/http';
import { ApiPage } from '../recorded/api-page';
import { ProjectImportAnswer } from './project.answer.dto';
import { type FastifyReply } from 'fastify';
import { ImportQuery, ResultQuery } from './project-import.dto';
import { type LineResult } from './project-import.entity';
import { uploadedProjects } from './project-lines';
import { PROJECT_IMPORTS, ProjectImports } from './project-import.service';
import { type ProjectImportView } from './project-import.view';

const NDJSON = 'application/x-ndjson';

@ApiTags('Projects')
@Controller('v1')
export class ProjectImportController {
  constructor(private readonly imports: ProjectImports) {}

  @Post('projects/imports')
  @HttpCode(202)
  @RequiresScope('agreements:write')
  @ApiConsumes(NDJSON, 'text/csv')
  @ApiBody({
    schema: { type: 'string' },
    description:
      'One project a line, as in POST /v1/projects, with externalRefs. Columns of CSV name its fields: names.texts.en, externalRefs.0.id',
  })
  @ApiOperation({ summary: 'Enter many projects; answers the job' })
  @ApiAcceptedResponse({ type: ProjectImportAnswer })
  async accept(
    @CurrentCaller() caller: Caller,
    @Query() { onExisting = 'skip', dryRun }: ImportQuery,
    @Upload() upload: UploadedBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectImportView> {
    const job = await this.imports.accept(caller, uploadedProjects(upload), { onExisting, dryRun: dryRun === 'true' });
    reply.header('location', `/v1/${PROJECT_IMPORTS}/${job.id}`);
    return job;
  }

  @Get('project-imports')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'List import jobs' })
  @ApiPage(ProjectImportAnswer)
  async list(@CurrentCaller() caller: Caller, @Query() page: PageQuery): Promise<Page<ProjectImportView>> {
    return this.imports.list(caller, page);
  }

  @Get('project-imports/:id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'How far a job is, and how many lines ended how' })
  @ApiOkResponse({ type: ProjectImportAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ProjectImportView> {
    return this.imports.one(caller, id);
  }

  @Get('project-imports/:id/results')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One result line per input line, as far as the job is' })
  @ApiOkResponse({
    description:
      '{"line":17,"externalRefs":[...],"outcome":"refused","code":"event-not-yet-known","projectId":null,"errors":[...]}',
    content: { [NDJSON]: { schema: { type: 'string' } } },
  })
  async results(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { outcome }: ResultQuery,
  ): Promise<StreamableFile> {
    // Before the first byte, so that an unknown job is still a 404.
    await this.imports.find(caller, id);
    return new StreamableFile(Readable.from(asLines(this.imports.results(caller, id, outcome))), { type: NDJSON });
  }

  @Post('project-imports/:id/cancel')
  @HttpCode(200)
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Stop a job; what was entered stays' })
  @ApiOkResponse({ type: ProjectImportAnswer })
  async cancel(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ProjectImportView> {
    return this.imports.cancel(caller, id);
  }
}

async function* asLines(results: AsyncIterable<LineResult>): AsyncGenerator<string> {
  for await (const result of results) yield `${JSON.stringify(result)}\n`;
}
