import {
  Body,
  Controller,
  Delete,
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
import {
  type Caller,
  Created,
  CurrentCaller,
  giveAnswer,
  IdPipe,
  IfMatch,
  type KeyedRequest,
  KeyToClaim,
  type Page,
  RequiresScope,
} from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { CSV, CsvExports } from '../exports/csv-export.service';
import { ApiPage } from '../recorded/api-page';
import { agreementActionParam, AgreementActionPipe } from './agreement-action.pipe';
import { AgreementAnswer } from './agreement.answer.dto';
import { DryRunQuery } from '../recorded/dry-run.query';
import { AgreementActionBody } from './agreement-action.dto';
import { AgreementStepQueue } from './agreement-step.queue';
import { AgreementFacts, AgreementFilter, CreateAgreement } from './agreement.dto';
import { AgreementReads } from './agreement.reads';
import { type AgreementAction } from './agreement.rules';
import { Agreements } from './agreement.service';
import { type AgreementView } from './agreement.view';

@ApiTags('Agreements')
@Controller('v1/agreements')
export class AgreementController {
  constructor(
    private readonly agreements: Agreements,
    private readonly steps: AgreementStepQueue,
    private readonly reads: AgreementReads,
    private readonly exports: CsvExports,
  ) {}

  @Post()
  @Created('agreements')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Draft an agreement, or record one of the past at any status' })
  @ApiCreatedResponse({ type: AgreementAnswer })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateAgreement): Promise<AgreementView> {
    return this.agreements.create(caller, body);
  }

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({
    summary: 'List agreements',
    description: 'With Accept: text/csv all of them as a file, with the same filters and without pages.',
  })
  @ApiPage(AgreementAnswer)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() filter: AgreementFilter,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<AgreementView> | StreamableFile> {
    reply.header('vary', 'Accept, Accept-Language');
    if (accept?.includes(CSV) !== true) return this.reads.list(caller, filter);
    const first = ['id', 'type', 'status', 'signedOn.edtf', 'eventId'];
    return this.exports.file({ caller, filter, name: 'agreements', first }, (by, page) => this.reads.list(by, page));
  }

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One agreement, with the actions possible now' })
  @ApiOkResponse({ type: AgreementAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<AgreementView> {
    return this.reads.one(caller, id);
  }

  @Patch(':id')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Correct it (JSON merge patch; null clears). Its status changes by actions only' })
  @ApiBody({ type: AgreementFacts, required: true })
  @ApiOkResponse({ type: AgreementAnswer })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: object,
  ): Promise<AgreementView> {
    return this.agreements.change(caller, id, version, patch);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Delete a draft' })
  async remove(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.agreements.remove(caller, id, version);
  }

  @Post(':id/:action')
  @HttpCode(200)
  @RequiresScope('agreements:write')
  @ApiParam(agreementActionParam)
  @ApiOperation({ summary: 'Take it one step further; an illegal step is 409 and names those possible' })
  @ApiOkResponse({ type: AgreementAnswer })
  async act(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('action', AgreementActionPipe) action: AgreementAction,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: AgreementActionBody,
    @KeyToClaim() keyed: KeyedRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementView> {
    const answer = await this.steps.take(caller, { id, action, body, keyed }, dryRun === 'true');
    return giveAnswer(reply, answer) as AgreementView;
  }
}
