import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile, type Type } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  type ApiBodyOptions,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  type ApiResponseNoStatusOptions,
  ApiTags,
} from '@nestjs/swagger';
import {
  type Caller,
  CurrentCaller,
  IdPipe,
  type Page,
  RequiresScope,
  Upload,
  type UploadedBody,
} from '@expo-accord/http';
import { ApiPage } from '../recorded/api-page';
import { ImportAnswer, ImportListQuery, ImportQuery, ResultQuery } from './import.dto';
import { type LineResult } from './import.entity';
import { type ImportKind, importPathOf } from './import-kinds';
import { Imports } from './import.service';
import { type ImportView } from './import.view';

const NDJSON = 'application/x-ndjson';

const linesOf = (kind: ImportKind, columns: string): ApiBodyOptions => ({
  schema: { type: 'string' },
  description: `One ${kind} a line, as in POST /v1/${kind}s, with externalRefs. Columns of CSV name its fields: ${columns}`,
});

const resultsOf = (kind: ImportKind): ApiResponseNoStatusOptions => ({
  description: `{"line":17,"externalRefs":[...],"outcome":"refused","code":"event-not-yet-known","${kind}Id":null,"errors":[...]}`,
  content: { [NDJSON]: { schema: { type: 'string' } } },
});

/** The same paths for each kind. */
function importControllerOf(kind: ImportKind, tag: string, columns: string): Type {
  const path = importPathOf(kind);

  @ApiTags(tag)
  @Controller('v1')
  class ImportController {
    constructor(private readonly imports: Imports) {}

    @Post(`${kind}s/imports`)
    @HttpCode(202)
    @RequiresScope('agreements:write')
    @ApiConsumes(NDJSON, 'text/csv')
    @ApiBody(linesOf(kind, columns))
    @ApiOperation({ summary: `Enter many ${kind}s; answers the job` })
    @ApiAcceptedResponse({ type: ImportAnswer })
    async accept(
      @CurrentCaller() caller: Caller,
      @Query() { onExisting = 'skip', dryRun }: ImportQuery,
      @Upload() upload: UploadedBody,
    ): Promise<ImportView> {
      return this.imports.accept(caller, kind, upload, { onExisting, dryRun: dryRun === 'true' });
    }

    @Get(path)
    @RequiresScope('agreements:read')
    @ApiOperation({ summary: 'List import jobs' })
    @ApiPage(ImportAnswer)
    async list(@CurrentCaller() caller: Caller, @Query() page: ImportListQuery): Promise<Page<ImportView>> {
      return this.imports.list(caller, kind, page);
    }

    @Get(`${path}/:id`)
    @RequiresScope('agreements:read')
    @ApiOperation({ summary: 'How far a job is, and how many lines ended how' })
    @ApiOkResponse({ type: ImportAnswer })
    async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ImportView> {
      return this.imports.one(caller, kind, id);
    }

    @Get(`${path}/:id/results`)
    @RequiresScope('agreements:read')
    @ApiOperation({ summary: 'One result line per input line, as far as the job is' })
    @ApiOkResponse(resultsOf(kind))
    async results(
      @CurrentCaller() caller: Caller,
      @Param('id', IdPipe) id: string,
      @Query() { outcome }: ResultQuery,
    ): Promise<StreamableFile> {
      // Before the first byte, so that an unknown job is still a 404.
      await this.imports.find(caller, kind, id);
      return streamed(this.imports.results(caller, kind, id, outcome));
    }

    @Post(`${path}/:id/cancel`)
    @HttpCode(200)
    @RequiresScope('agreements:write')
    @ApiOperation({ summary: 'Stop a job; what was entered stays' })
    @ApiOkResponse({ type: ImportAnswer })
    async cancel(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ImportView> {
      return this.imports.cancel(caller, kind, id);
    }
  }
  return ImportController;
}

export const importControllers = [
  importControllerOf('project', 'Projects', 'names.texts.en, externalRefs.0.id'),
  importControllerOf('agreement', 'Agreements', 'titles.texts.en, parties.items.0.economy, externalRefs.0.id'),
];

const streamed = (results: AsyncIterable<LineResult>): StreamableFile =>
  new StreamableFile(Readable.from(asLines(results)), { type: NDJSON });

async function* asLines(results: AsyncIterable<LineResult>): AsyncGenerator<string> {
  for await (const result of results) yield `${JSON.stringify(result)}\n`;
}
