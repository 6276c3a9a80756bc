import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { AssessmentReads } from './assessment.reads';
import { AssessmentAnswer } from './commitment.answer.dto';
import { type AssessmentView } from './commitment.view';

@ApiTags('Commitments')
@Controller('v1/assessments')
export class AssessmentController {
  constructor(private readonly reads: AssessmentReads) {}

  @Get(':id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One judgement' })
  @ApiOkResponse({ type: AssessmentAnswer })
  async one(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<AssessmentView> {
    return this.reads.one(caller, id);
  }
}
