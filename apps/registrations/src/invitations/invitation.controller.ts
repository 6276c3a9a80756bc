import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type Caller,
  Created,
  CurrentCaller,
  IdPipe,
  KeepsOutOfReplay,
  PageQuery,
  RequiresScope,
} from '@expo-accord/http';
import { ActionQuery } from '../registrations/registration.dto';
import { InvitationAnswer, InvitationBody, InvitationPage, NewInvitationAnswer } from './invitation.dto';
import { InvitationService } from './invitation.service';

@ApiTags('Invitations')
@Controller('v1')
export class InvitationController {
  constructor(private readonly invitations: InvitationService) {}

  @Post('events/:eventId/invitations')
  @RequiresScope('registrations:write')
  @Created('invitations')
  @KeepsOutOfReplay('codes')
  @ApiOperation({
    summary: 'Make invitation codes',
    description: 'Sign-ups name one as invitationCode; categories and events may ask for it by requiresInvitation.',
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() body: InvitationBody,
  ): Promise<NewInvitationAnswer> {
    return this.invitations.create(caller, eventId, body);
  }

  @Get('events/:eventId/invitations')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'List the invitations of an event', description: 'Without their codes' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() page: PageQuery,
  ): Promise<InvitationPage> {
    return this.invitations.list(caller, eventId, page);
  }

  @Get('invitations/:id')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Read what codes were made together, and how many were used' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<InvitationAnswer> {
    return this.invitations.get(caller, id);
  }

  @Post('invitations/:id/revoke')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: InvitationAnswer })
  @ApiOperation({ summary: 'Take codes back', description: 'Whoever has signed up by one stays so' })
  async revoke(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<InvitationAnswer> {
    return this.invitations.revoke(caller, id, dryRun === 'true');
  }
}
