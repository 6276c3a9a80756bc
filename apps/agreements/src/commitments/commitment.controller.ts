import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { ApiPage } from '../recorded/api-page';
import { AssessmentReads } from './assessment.reads';
import { AssessmentAnswer, CommitmentAnswer } from './commitment.answer.dto';
import {
  AssessmentQuery,
  CommitmentFacts,
  CommitmentFilter,
  CreateAssessment,
  CreateCommitment,
} from './commitment.dto';
import { FulfilmentList } from '../fulfilment/fulfilment.answer.dto';
import { Fulfilments } from '../fulfilment/fulfilment.service';
import { type FulfilmentView } from '../fulfilment/fulfilment.view';
import { type CommitmentAnswerView, Commitments } from './commitment.service';
import { type AssessmentView } from './commitment.view';

@ApiTags('Commitments')
@Controller('v1/commitments')
export class CommitmentController {
  constructor(
    private readonly commitments: Commitments,
    private readonly assessmentReads: AssessmentReads,
    private readonly fulfilments: Fulfilments,
  ) {}

  @Post()
  @Created('commitments')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Enter what one or more parties undertake' })
  @ApiCreatedResponse({ type: CommitmentAnswer })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateCommitment): Promise<CommitmentAnswerView> {
    return this.commitments.create(caller, body);
  }

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'List commitments' })
  @ApiPage(CommitmentAnswer)
  async list(@CurrentCaller() caller: Caller, @Query() filter: CommitmentFilter): Promise<Page<CommitmentAnswerView>> {
    return this.commitments.list(caller, filter);
  }

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One commitment, with the outcome of its latest assessment' })
  @ApiOkResponse({ type: CommitmentAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<CommitmentAnswerView> {
    return this.commitments.one(caller, id);
  }

  @Patch(':id')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Correct it (JSON merge patch; null clears)' })
  @ApiBody({ type: CommitmentFacts, required: true })
  @ApiOkResponse({ type: CommitmentAnswer })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: object,
  ): Promise<CommitmentAnswerView> {
    return this.commitments.change(caller, id, version, patch);
  }

  @Post(':id/assessments')
  @Created('assessments')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Add a judgement whether it was met; earlier ones stay' })
  @ApiCreatedResponse({ type: AssessmentAnswer })
  async assess(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: CreateAssessment,
  ): Promise<AssessmentView> {
    return this.commitments.assess(caller, id, body);
  }

  @Get(':id/assessments')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'All judgements, oldest first' })
  @ApiPage(AssessmentAnswer)
  async assessments(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() query: AssessmentQuery,
  ): Promise<Page<AssessmentView>> {
    return this.assessmentReads.ofCommitment(caller, id, query);
  }

  @Get(':id/fulfilments')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'The events that say that they fulfil it; how each is judged is among the assessments' })
  @ApiOkResponse({ type: FulfilmentList })
  async fulfilledBy(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<{ items: FulfilmentView[] }> {
    return { items: await this.fulfilments.of(caller, id) };
  }
}
