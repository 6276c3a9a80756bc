import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { ChildRecords } from '../records/child-record.service';
import { RecordListQuery } from '../records/record-query.dto';
import { PlaceRelationshipAnswer, PlaceRelationshipBody } from './place.dto';
import { placeRelationshipResource } from './place.resource';

@ApiTags('Places')
@Controller('v1')
export class PlaceRelationshipController {
  constructor(private readonly records: ChildRecords) {}

  /** Enters how the place is related to others. */
  @Post('places/:id/relationships')
  @Created('place-relationships')
  @RequiresScope('events:write')
  create(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: PlaceRelationshipBody,
  ): Promise<PlaceRelationshipAnswer> {
    return this.records.create(placeRelationshipResource, caller, id, body) as Promise<PlaceRelationshipAnswer>;
  }

  @Get('places/:id/relationships')
  @ApiPageOf(PlaceRelationshipAnswer)
  @RequiresScope('events:read')
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() page: RecordListQuery,
  ): Promise<Page<PlaceRelationshipAnswer>> {
    return this.records.list(placeRelationshipResource, caller, id, page) as Promise<Page<PlaceRelationshipAnswer>>;
  }

  @Get('place-relationships/:id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<PlaceRelationshipAnswer> {
    return this.records.get(placeRelationshipResource, caller, id) as Promise<PlaceRelationshipAnswer>;
  }

  @Patch('place-relationships/:id')
  @RequiresScope('events:write')
  @ApiBody({ type: PlaceRelationshipBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<PlaceRelationshipAnswer> {
    return this.records.change(
      placeRelationshipResource,
      caller,
      id,
      version,
      patch,
    ) as Promise<PlaceRelationshipAnswer>;
  }
}
