import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { EventService } from '../events/event.service';
import { ChildRecords } from '../records/child-record.service';
import { SessionAnswer, SessionBody, SessionListQuery } from './session.dto';
import { sessionResource } from './session.resource';

@ApiTags('Sessions')
@Controller('v1')
export class SessionController {
  constructor(
    private readonly records: ChildRecords,
    private readonly events: EventService,
  ) {}

  /** Adds a part of the programme; a public event tells others of its sessions. */
  @Post('events/:id/sessions')
  @Created('sessions')
  @RequiresScope('events:write')
  create(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: SessionBody,
  ): Promise<SessionAnswer> {
    return this.records.create(sessionResource, caller, id, body, (manager, tenantId, eventId) =>
      this.events.tellChanged(manager, tenantId, eventId),
    ) as Promise<SessionAnswer>;
  }

  @Get('events/:id/sessions')
  @ApiPageOf(SessionAnswer)
  @RequiresScope('events:read')
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { kind, ...page }: SessionListQuery,
  ): Promise<Page<SessionAnswer>> {
    return this.records.list(sessionResource, caller, id, page, { kind }) as Promise<Page<SessionAnswer>>;
  }

  @Get('sessions/:id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<SessionAnswer> {
    return this.records.get(sessionResource, caller, id) as Promise<SessionAnswer>;
  }

  @Patch('sessions/:id')
  @RequiresScope('events:write')
  @ApiBody({ type: SessionBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<SessionAnswer> {
    return this.records.change(sessionResource, caller, id, version, patch) as Promise<SessionAnswer>;
  }
}
