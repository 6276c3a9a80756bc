import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { CreateOutcomeDocument, OutcomeDocumentFacts, OutcomeDocumentFilter } from './outcome-document.dto';
import { OutcomeDocuments, type OutcomeDocumentView } from './outcome-document.service';

@ApiTags('outcome-documents')
@Controller('v1/outcome-documents')
export class OutcomeDocumentController {
  constructor(private readonly documents: OutcomeDocuments) {}

  @Post()
  @Created('outcome-documents')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Enter what a meeting came to' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateOutcomeDocument): Promise<OutcomeDocumentView> {
    return this.documents.create(caller, body);
  }

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'List outcome documents' })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() filter: OutcomeDocumentFilter,
  ): Promise<Page<OutcomeDocumentView>> {
    return this.documents.list(caller, filter);
  }

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One outcome document' })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<OutcomeDocumentView> {
    return this.documents.one(caller, id);
  }

  @Patch(':id')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Correct it (JSON merge patch; null clears)' })
  @ApiBody({ type: OutcomeDocumentFacts, required: true })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: object,
  ): Promise<OutcomeDocumentView> {
    return this.documents.change(caller, id, version, patch);
  }
}
