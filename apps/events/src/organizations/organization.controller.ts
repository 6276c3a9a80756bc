import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { Records } from '../records/record.service';
import { OrganizationAnswer, OrganizationBody, OrganizationListQuery } from './organization.dto';
import { organizationResource } from './organization.resource';

@ApiTags('Organizations')
@Controller('v1/organizations')
export class OrganizationController {
  constructor(private readonly records: Records) {}

  /** Enters an organisation. */
  @Post()
  @Created('organizations')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: OrganizationBody): Promise<OrganizationAnswer> {
    return this.records.create(organizationResource, caller, body);
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
}
