import {
  type Caller,
  Created,
  CurrentCaller,
  IdPipe,
  IfMatch,
  type Page,
  RequiresScope,
  Upload,
  type UploadedBody,
} from '@expo-accord/http';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ImportAnswer, ImportQuery, NdjsonBody } from '../master-data/master-import.dto';
import { MasterImport } from '../master-data/master-import.service';
import { MergeBody } from '../master-data/master.dto';
import { MasterRecords } from '../master-data/master-records.service';
import { Merging } from '../master-data/merging.service';
import { ApiPageOf } from '../records/api-page';
import { ActionQuery } from '../records/record-query.dto';
import { PlaceAnswer, PlaceBody, PlaceListQuery } from './place.dto';
import { placeResource } from './place.resource';

@ApiTags('Places')
@Controller('v1/places')
export class PlaceController {
  constructor(
    private readonly records: MasterRecords,
    private readonly merging: Merging,
    private readonly imports: MasterImport,
  ) {}

  /** Enters a place. */
  @Post()
  @Created('places')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: PlaceBody): Promise<PlaceAnswer> {
    return this.records.create(placeResource, caller, body);
  }

  /**
   * Enters many, one place a line as above, each with a code of its own by which it is safe to send again. Answers what
   * became of each line; a line that is refused keeps no other from being entered.
   */
  @Post('imports')
  @HttpCode(200)
  @NdjsonBody()
  @RequiresScope('events:write')
  import(
    @CurrentCaller() caller: Caller,
    @Query() query: ImportQuery,
    @Upload() upload: UploadedBody,
  ): Promise<ImportAnswer> {
    return this.imports.enter(placeResource, caller, upload, query);
  }

  @Get()
  @ApiPageOf(PlaceAnswer)
  @RequiresScope('events:read')
  list(
    @CurrentCaller() caller: Caller,
    @Query() { kind, economy, parentId, ...page }: PlaceListQuery,
  ): Promise<Page<PlaceAnswer>> {
    return this.records.list(placeResource, caller, page, { kind, economy, parentId });
  }

  @Get(':id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<PlaceAnswer> {
    return this.records.get(placeResource, caller, id);
  }

  @Patch(':id')
  @RequiresScope('events:write')
  @ApiBody({ type: PlaceBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<PlaceAnswer> {
    return this.records.change(placeResource, caller, id, version, patch);
  }

  /**
   * This place is a duplicate: all that leads to it leads to the other from now on, which takes over its names and
   * codes. It stays readable and says which one stands for it. `If-Match` is its own ETag.
   */
  @Post(':id/merge')
  @HttpCode(200)
  @RequiresScope('events:write')
  merge(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Query() { dryRun }: ActionQuery,
    @Body() { intoId }: MergeBody,
  ): Promise<PlaceAnswer> {
    return this.merging.merge(placeResource, caller, id, version, intoId, dryRun);
  }
}
