import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, type Page, PageQuery, RequiresScope } from '@expo-accord/http';
import { ApiPage } from '../recorded/api-page';
import { DryRunQuery } from '../recorded/dry-run.query';
import { CreateAmendment, CreateRenewal, RevisionAnswer } from './revision.dto';
import { Revisions } from './revision.service';
import { type RevisionView } from './revision.view';

class RevisionQuery extends OmitType(PageQuery, ['changedSince', 'ref']) {}

@ApiTags('Agreements')
@Controller('v1')
export class RevisionController {
  constructor(private readonly revisions: Revisions) {}

  @Post('agreements/:id/amendments')
  @Created('amendments')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'The parties changed it: what, and from when. Its status stays' })
  @ApiCreatedResponse({ type: RevisionAnswer })
  async amend(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: CreateAmendment,
  ): Promise<RevisionView> {
    return this.revisions.amend(caller, id, body, dryRun === 'true');
  }

  @Get('agreements/:id/amendments')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'Its amendments by number, with what each changed' })
  @ApiPage(RevisionAnswer)
  async amendments(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() page: RevisionQuery,
  ): Promise<Page<RevisionView>> {
    return this.revisions.list(caller, id, 'amendment', page);
  }

  @Post('agreements/:id/renewals')
  @Created('renewals')
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'The parties let it go on for another period. Its status stays' })
  @ApiCreatedResponse({ type: RevisionAnswer })
  async renew(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: DryRunQuery,
    @Body() body: CreateRenewal,
  ): Promise<RevisionView> {
    return this.revisions.renew(caller, id, body, dryRun === 'true');
  }

  @Get('agreements/:id/renewals')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'Its renewals by number, with the period that each gave it' })
  @ApiPage(RevisionAnswer)
  async renewals(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() page: RevisionQuery,
  ): Promise<Page<RevisionView>> {
    return this.revisions.list(caller, id, 'renewal', page);
  }

  @Get('amendments/:id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One amendment' })
  @ApiOkResponse({ type: RevisionAnswer })
  async amendment(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<RevisionView> {
    return this.revisions.one(caller, id, 'amendment');
  }

  @Get('renewals/:id')
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'One renewal' })
  @ApiOkResponse({ type: RevisionAnswer })
  async renewal(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<RevisionView> {
    return this.revisions.one(caller, id, 'renewal');
  }
}
