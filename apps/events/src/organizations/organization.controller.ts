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
import { OrganizationAnswer, OrganizationBody, OrganizationListQuery } from './organization.dto';
import { organizationResource } from './organization.resource';

@ApiTags('Organizations')
@Controller('v1/organizations')
export class OrganizationController {
  constructor(
    private readonly records: MasterRecords,
    private readonly merging: Merging,
    private readonly imports: MasterImport,
  ) {}

  /** Enters an organisation. */
  @Post()
  @Created('organizations')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: OrganizationBody): Promise<OrganizationAnswer> {
    return this.records.create(organizationResource, caller, body);
  }

  /**
   * Enters many, one organisation a line as above, each with a code of its own by which it is safe to send again. Answers what
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
    return this.imports.enter(organizationResource, caller, upload, query);
  }

  @Get()
  @ApiPageOf(OrganizationAnswer)
  @RequiresScope('events:read')
  list(
    @CurrentCaller() caller: Caller,
    @Query() { level, economy, parentId, ...page }: OrganizationListQuery,
  ): Promise<Page<OrganizationAnswer>> {
    return this.records.list(organizationResource, caller, page, { level, economy, parentId });
  }

  @Get(':id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<OrganizationAnswer> {
    return this.records.get(organizationResource, caller, id);
  }

  @Patch(':id')
  @RequiresScope('events:write')
  @ApiBody({ type: OrganizationBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<OrganizationAnswer> {
    return this.records.change(organizationResource, caller, id, version, patch);
  }

  /**
   * This organisation is a duplicate: all that leads to it leads to the other from now on, which takes over its names and
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
  ): Promise<OrganizationAnswer> {
    return this.merging.merge(organizationResource, caller, id, version, intoId, dryRun);
  }
}
