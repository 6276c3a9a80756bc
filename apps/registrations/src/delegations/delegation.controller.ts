import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, PageQuery, RequiresScope } from '@expo-accord/http';
import { ActionQuery } from '../registrations/registration.dto';
import { DelegationAnswer, DelegationBody, DelegationPage, MembersBody } from './delegation.dto';
import { DelegationService } from './delegation.service';

@ApiTags('Delegations')
@Controller('v1')
export class DelegationController {
  constructor(private readonly delegations: DelegationService) {}

  @Post('events/:eventId/delegations')
  @RequiresScope('registrations:write')
  @Created('delegations')
  @ApiOperation({
    summary: 'Sign a delegation up, as a whole',
    description:
      'All have a place, or all wait for one; 409 with `refused` and nobody signed up, where one is refused.',
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() body: DelegationBody,
  ): Promise<DelegationAnswer> {
    return this.delegations.create(caller, eventId, body);
  }

  @Get('events/:eventId/delegations')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'List the delegations to an event' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() page: PageQuery,
  ): Promise<DelegationPage> {
    return this.delegations.list(caller, eventId, page);
  }

  @Get('delegations/:id')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Read a delegation' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<DelegationAnswer> {
    return this.delegations.get(caller, id);
  }

  @Post('delegations/:id/members')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: DelegationAnswer })
  @ApiOperation({
    summary: 'Sign further members up, as a whole',
    description: 'A member is substituted by POST /v1/registrations/{id}/transfer, and keeps the place.',
  })
  async join(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() { members }: MembersBody,
  ): Promise<DelegationAnswer> {
    return this.delegations.join(caller, id, members);
  }

  @Post('delegations/:id/cancel')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: DelegationAnswer })
  @ApiOperation({ summary: 'Cancel everybody of a delegation who can be cancelled' })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<DelegationAnswer> {
    return this.delegations.cancel(caller, id, dryRun === 'true');
  }
}
