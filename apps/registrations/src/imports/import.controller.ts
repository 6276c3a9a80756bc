import { Readable } from 'node:stream';
import { Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope, Upload, type UploadedBody } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { ActionQuery } from '../registrations/registration.dto';
import { ImportAnswer, ImportListQuery, ImportPage, ImportQuery } from './import.dto';
import { ImportProgress } from './import-progress';
import { ImportService } from './import.service';

const NDJSON = 'application/x-ndjson';
const EVENT_STREAM = 'text/event-stream';

const bodyDescription = `NDJSON: one sign-up a line, as in POST .../registrations. CSV: a header with the name of a field
for each column, with dots for a field in a field and numbers for items of a list (category, person.name.texts.ko,
person.name.order, person.email, organization.name, externalRefs.0.system, externalRefs.0.id, answers.diet); an empty cell
is a field left out. Blank lines are passed over, and counted in the numbers of lines; a million others may come at most.
In UTF-8, or as said in Content-Type: charset=gb18030 or euc-kr. Content-Encoding: gzip is taken.`;

@ApiTags('Imports')
@Controller('v1')
export class ImportController {
  constructor(
    private readonly imports: ImportService,
    private readonly progress: ImportProgress,
  ) {}

  @Post('events/:eventId/imports')
  @RequiresScope('registrations:import')
  @HttpCode(202)
  @ApiConsumes(NDJSON, 'text/csv')
  @ApiBody({ schema: { type: 'string' }, description: bodyDescription })
  @ApiAcceptedResponse({ type: ImportAnswer })
  @ApiOperation({
    summary: 'Sign up many at once',
    description: 'Answers as soon as the lines are safe; follow Location',
  })
  async receive(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() query: ImportQuery,
    @Upload() upload: UploadedBody,
  ): Promise<ImportAnswer> {
    return this.imports.receive(caller, eventId, query, upload);
  }

  @Get('events/:eventId/imports')
  @RequiresScope('registrations:import')
  @ApiOperation({ summary: 'List the imports for an event' })
  async listOfEvent(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() query: ImportListQuery,
  ): Promise<ImportPage> {
    return this.imports.list(caller, eventId, query);
  }

  @Get('imports')
  @RequiresScope('registrations:import')
  @ApiOperation({ summary: 'List imports' })
  async list(@CurrentCaller() caller: Caller, @Query() query: ImportListQuery): Promise<ImportPage> {
    return this.imports.list(caller, null, query);
  }

  @Get('imports/:id')
  @RequiresScope('registrations:import')
  @ApiOperation({ summary: 'See how far an import is' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ImportAnswer> {
    return this.imports.get(caller, id);
  }

  @Get('imports/:id/progress')
  @RequiresScope('registrations:import')
  @ApiOperation({
    summary: 'Watch an import, as server-sent events',
    description: 'Each event `progress` is the import as it is then. 204 to a Last-Event-ID with which it had ended.',
  })
  @ApiOkResponse({ content: { [EVENT_STREAM]: { schema: { type: 'string' } } } })
  async watch(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { finishedAt, version } = await this.imports.get(caller, id);
    if (finishedAt !== null && lastEventId === String(version)) {
      reply.status(204);
      return undefined;
    }
    reply.header('cache-control', 'no-store');
    return new StreamableFile(this.progress.stream(caller, id), { type: EVENT_STREAM });
  }

  @Get('imports/:id/results')
  @RequiresScope('registrations:import')
  @ApiOkResponse({
    description: '{"line":17,"externalRefs":[...],"outcome":"refused","code":"quota-full","registrationId":null,...}',
    content: { [NDJSON]: { schema: { type: 'string' } } },
  })
  @ApiOperation({ summary: 'One result for each line that is not blank, as far as the import is' })
  async results(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<StreamableFile> {
    await this.imports.get(caller, id);
    return new StreamableFile(Readable.from(this.imports.results(caller, id)), { type: NDJSON });
  }

  @Post('imports/:id/cancel')
  @RequiresScope('registrations:import')
  @HttpCode(200)
  @ApiOkResponse({ type: ImportAnswer })
  @ApiOperation({ summary: 'Stop an import', description: 'Who is registered by now stays so' })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<ImportAnswer> {
    return this.imports.cancel(caller, id, dryRun === 'true');
  }
}
