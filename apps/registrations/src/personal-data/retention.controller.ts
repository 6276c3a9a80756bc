import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, IfMatch, RequiresScope } from '@expo-accord/http';
import { RetentionAnswer, RetentionBody } from './retention.dto';
import { RetentionService } from './retention.service';

@ApiTags('Personal data')
@Controller('v1')
export class RetentionController {
  constructor(private readonly retention: RetentionService) {}

  @Get('events/:eventId/retention')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Until when the registrants of an event are kept' })
  async get(@CurrentCaller() caller: Caller, @Param('eventId', IdPipe) eventId: string): Promise<RetentionAnswer> {
    return this.retention.get(caller, eventId);
  }

  @Patch('events/:eventId/retention')
  @RequiresScope('registrations:personal-data')
  @ApiOperation({
    summary: 'Set until when the registrants of an event are kept',
    description: 'JSON merge patch; null clears. The version of one that was never set is 0.',
  })
  @ApiBody({ type: RetentionBody })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<RetentionAnswer> {
    return this.retention.change(caller, eventId, version, patch);
  }
}
