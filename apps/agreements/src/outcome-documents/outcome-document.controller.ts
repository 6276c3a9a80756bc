import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { ApiPage } from '../recorded/api-page';
import { OutcomeDocumentAnswer } from './outcome-document.answer.dto';
import { CreateOutcomeDocument, OutcomeDocumentFacts, OutcomeDocumentFilter } from './outcome-document.dto';
import { OutcomeDocuments, type OutcomeDocumentView } from './outcome-document.service';

@ApiTags('Outcome documents')
@Controller('v1/outcome-documents')
export class OutcomeDocumentController {
  constructor(private readonly documents: OutcomeDocuments) {}

  @Post()
  @Created('outcome-documents')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Enter what a meeting came to' })
  @ApiCreatedResponse({ type: OutcomeDocumentAnswer })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateOutcomeDocument): Promise<OutcomeDocumentView> {
    return this.documents.create(caller, body);
  }

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'List outcome documents' })
  @ApiPage(OutcomeDocumentAnswer)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() filter: OutcomeDocumentFilter,
  ): Promise<Page<OutcomeDocumentView>> {
    return this.documents.list(caller, filter);
  }

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One outcome document' })
  @ApiOkResponse({ type: OutcomeDocumentAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<OutcomeDocumentView> {
    return this.documents.one(caller, id);
  }

  @Patch(':id')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Correct it (JSON merge patch; null clears)' })
  @ApiBody({ type: OutcomeDocumentFacts, required: true })
  @ApiOkResponse({ type: OutcomeDocumentAnswer })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: object,
  ): Promise<OutcomeDocumentView> {
    return this.documents.change(caller, id, version, patch);
  }
}
