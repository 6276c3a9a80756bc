import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequiresScope } from '@expo-accord/http';
import { FunnelAnswer, StatisticsAnswer, TallyAnswer } from './statistics.answer.dto';
import { FunnelQuery, StatisticsQuery } from './statistics.dto';
import { type FunnelView, Statistics, type StatisticsView } from './statistics.service';

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

  @Get('funnel')
  @RequiresScope('agreements:read')
  @ApiOperation({
    summary:
      'How many projects have come how far: announced, signed, registered, under way, operating; with their money',
  })
  @ApiOkResponse({ type: FunnelAnswer })
  async funnel(@CurrentCaller() caller: Caller, @Query() query: FunnelQuery): Promise<FunnelView> {
    return this.statistics.funnel(caller, query);
  }
}
