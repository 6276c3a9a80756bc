import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { Records } from '../records/record.service';
import { type NextHost, SeriesAnswer, SeriesBody, SeriesListQuery } from './series.dto';
import { seriesResource } from './series.resource';
import { SeriesService } from './series.service';

@ApiTags('Series')
@Controller('v1/series')
export class SeriesController {
  constructor(
    private readonly series: SeriesService,
    private readonly records: Records,
  ) {}

  /** Enters a series or mechanism, and tells others. */
  @Post()
  @Created('series')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: SeriesBody): Promise<SeriesAnswer> {
    return this.series.create(caller, body);
  }

  @Get()
  @ApiPageOf(SeriesAnswer)
  @RequiresScope('events:read')
  list(@CurrentCaller() caller: Caller, @Query() { kind, ...page }: SeriesListQuery): Promise<Page<SeriesAnswer>> {
    return this.records.list(seriesResource, caller, page, { kind });
  }

  @Get(':id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<SeriesAnswer> {
    return this.records.get(seriesResource, caller, id);
  }

  /**
   * Who is to host the next meeting, by the series' `hostRotation`. A rotation is what the sides agreed to, not a rule
   * that an edition could break: one that is held elsewhere is entered as it was held.
   */
  @Get(':id/next-host')
  @RequiresScope('events:read')
  nextHost(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<NextHost> {
    return this.series.nextHost(caller, id);
  }

  @Patch(':id')
  @RequiresScope('events:write')
  @ApiBody({ type: SeriesBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<SeriesAnswer> {
    return this.series.change(caller, id, version, patch);
  }
}
