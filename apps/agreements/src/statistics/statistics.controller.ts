import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequiresScope } from '@expo-accord/http';
import { StatisticsAnswer, TallyAnswer } from './statistics.answer.dto';
import { StatisticsQuery } from './statistics.dto';
import { Statistics, type StatisticsView } from './statistics.service';

@ApiTags('Statistics')
@ApiExtraModels(TallyAnswer)
@Controller('v1/statistics')
export class StatisticsController {
  constructor(private readonly statistics: Statistics) {}

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({
    summary: 'Counts and money per currency of projects and agreements, by status, industry or type, economy',
  })
  @ApiOkResponse({ type: StatisticsAnswer })
  async compute(@CurrentCaller() caller: Caller, @Query() query: StatisticsQuery): Promise<StatisticsView> {
    return this.statistics.compute(caller, query);
  }
}
