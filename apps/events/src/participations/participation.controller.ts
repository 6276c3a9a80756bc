import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { ChildRecords } from '../records/child-record.service';
import { ParticipationAnswer, ParticipationBody, ParticipationListQuery } from './participation.dto';
import { participationResource } from './participation.resource';

@ApiTags('Participations')
@Controller('v1')
export class ParticipationController {
  constructor(private readonly records: ChildRecords) {}

  /** Enters an office-holder's part in the event. */
  @Post('events/:id/participations')
  @Created('participations')
  @RequiresScope('events:write')
  create(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: ParticipationBody,
  ): Promise<ParticipationAnswer> {
    return this.records.create(participationResource, caller, id, body) as Promise<ParticipationAnswer>;
  }

  @Get('events/:id/participations')
  @ApiPageOf(ParticipationAnswer)
  @RequiresScope('events:read')
  list(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { personId, role, ...page }: ParticipationListQuery,
  ): Promise<Page<ParticipationAnswer>> {
    return this.records.list(participationResource, caller, id, page, { personId, role }) as Promise<
      Page<ParticipationAnswer>
    >;
  }

  @Get('participations/:id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<ParticipationAnswer> {
    return this.records.get(participationResource, caller, id) as Promise<ParticipationAnswer>;
  }

  @Patch('participations/:id')
  @RequiresScope('events:write')
  @ApiBody({ type: ParticipationBody, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<ParticipationAnswer> {
    return this.records.change(participationResource, caller, id, version, patch) as Promise<ParticipationAnswer>;
  }
}
