import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { Records } from '../records/record.service';
import { ZoneAnswer, ZoneBody, ZoneListQuery } from './zone.dto';
import { zoneResource } from './zone.resource';

@ApiTags('Zones')
@Controller('v1/zones')
export class ZoneController {
  constructor(private readonly records: Records) {}

  /** Enters a zone or park with its strategies and catalogue. */
  @Post()
  @Created('zones')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: ZoneBody): Promise<ZoneAnswer> {
    return this.records.create(zoneResource, caller, body);
  }

  @Get()
  @ApiPageOf(ZoneAnswer)
  @RequiresScope('events:read')
  list(@CurrentCaller() caller: Caller, @Query() { kind, placeId, ...page }: ZoneListQuery): Promise<Page<ZoneAnswer>> {
    return this.records.list(zoneResource, caller, page, { kind, placeId });
  }

  @Get(':id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ZoneAnswer> {
    return this.records.get(zoneResource, caller, id);
  }

  @Patch(':id')
  @RequiresScope('events:write')
  @ApiBody({ type: ZoneBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<ZoneAnswer> {
    return this.records.change(zoneResource, caller, id, version, patch);
  }
}
