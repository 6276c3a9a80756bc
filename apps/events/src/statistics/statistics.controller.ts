import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type SeriesStatistics } from './statistics.dto';
import { StatisticsService } from './statistics.service';

@ApiTags('Series')
@Controller('v1/series')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  /** Figures of the series and of each edition: computed from messages, and reported; never added together. */
  @Get(':id/statistics')
  @RequiresScope('events:read')
  ofSeries(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<SeriesStatistics> {
    return this.statistics.ofSeries(caller, id);
  }
}
