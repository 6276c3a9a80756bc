import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { ChildRecords } from '../records/child-record.service';
import { StatementAnswer, StatementBody, StatementListQuery } from './statement.dto';
import { statementResource } from './statement.resource';

@ApiTags('Statements')
@Controller('v1')
export class StatementController {
  constructor(private readonly records: ChildRecords) {}

  /** Enters what somebody said at the event. */
  @Post('events/:id/statements')
  @Created('statements')
  @RequiresScope('events:write')
  create(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: StatementBody,
  ): Promise<StatementAnswer> {
    return this.records.create(statementResource, caller, id, body) as Promise<StatementAnswer>;
  }

  @Get('events/:id/statements')
  @ApiPageOf(StatementAnswer)
  @RequiresScope('events:read')
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { personId, form, ...page }: StatementListQuery,
  ): Promise<Page<StatementAnswer>> {
    return this.records.list(statementResource, caller, id, page, { personId, form }) as Promise<Page<StatementAnswer>>;
  }

  @Get('statements/:id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<StatementAnswer> {
    return this.records.get(statementResource, caller, id) as Promise<StatementAnswer>;
  }

  @Patch('statements/:id')
  @RequiresScope('events:write')
  @ApiBody({ type: StatementBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<StatementAnswer> {
    return this.records.change(statementResource, caller, id, version, patch) as Promise<StatementAnswer>;
  }
}
