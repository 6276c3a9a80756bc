import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, IfMatch, RequiresScope } from '@expo-accord/http';
import { RegistrationSettingsAnswer, RegistrationSettingsBody } from './registration-settings.dto';
import { RegistrationSettingsService } from './registration-settings.service';

@ApiTags('Ticket categories and quotas')
@Controller('v1/events/:eventId/registration-settings')
export class RegistrationSettingsController {
  constructor(private readonly settings: RegistrationSettingsService) {}

  @Get()
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'How an event takes people in, where a ticket category does not say' })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
  ): Promise<RegistrationSettingsAnswer> {
    return this.settings.get(caller, eventId);
  }

  @Patch()
  @RequiresScope('registrations:write')
  @ApiBody({ type: RegistrationSettingsBody })
  @ApiOperation({
    summary: 'Change how an event takes people in',
    description:
      'JSON merge patch; holds for new sign-ups. The version of settings that were never made is 0. ' +
      'personIdentity is changed only while nobody is registered for the event: 409 person-identity-in-use.',
  })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<RegistrationSettingsAnswer> {
    return this.settings.change(caller, eventId, version, patch);
  }
}
