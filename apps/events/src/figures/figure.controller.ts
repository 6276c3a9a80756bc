import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { FigureAnswer, FigureBody, FigureListQuery } from './figure.dto';
import { FigureService } from './figure.service';

@ApiTags('Figures')
@Controller('v1/figures')
export class FigureController {
  constructor(private readonly figures: FigureService) {}

  /** Enters a figure that somebody published, with its precision and its sources. */
  @Post()
  @Created('figures')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: FigureBody): Promise<FigureAnswer> {
    return this.figures.create(caller, body);
  }

  @Get()
  @ApiPageOf(FigureAnswer)
  @RequiresScope('events:read')
  list(@CurrentCaller() caller: Caller, @Query() query: FigureListQuery): Promise<Page<FigureAnswer>> {
    return this.figures.list(caller, query);
  }

  @Get(':id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<FigureAnswer> {
    return this.figures.get(caller, id);
  }

  @Patch(':id')
  @RequiresScope('events:write')
  @ApiBody({ type: FigureBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<FigureAnswer> {
    return this.figures.change(caller, id, version, patch);
  }
}
