import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { type FastifyReply } from 'fastify';
import { RegistrationAnswer } from '../registrations/registration.answer';
import { ActionQuery } from '../registrations/registration.dto';
import { CheckInAnswer, CheckInPage, CheckInQuery, ScanBatchAnswer, ScanBatchBody, ScanBody } from './check-in.dto';
import { CheckInService } from './check-in.service';

@ApiTags('Check-in')
@Controller('v1')
export class CheckInController {
  constructor(private readonly checkIns: CheckInService) {}

  @Post('events/:eventId/check-ins')
  @RequiresScope('registrations:write')
  @Created('check-ins')
  @ApiOperation({
    summary: 'Record one scan at a gate, and learn whether to let the person in',
    description: 'A conflict is recorded, too, and answered as such. 200 if the scan was here already.',
  })
  async scan(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() body: ScanBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CheckInAnswer> {
    const { repeated, answer } = await this.checkIns.scan(caller, eventId, body);
    if (repeated) reply.status(200);
    return answer;
  }

  @Post('events/:eventId/check-ins/batch')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: ScanBatchAnswer })
  @ApiOperation({
    summary: 'Record up to 500 scans that were kept offline',
    description: 'In whatever order, batches and repetitions scans are sent, they come to the same in the end.',
  })
  async batch(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() { scans }: ScanBatchBody,
  ): Promise<ScanBatchAnswer> {
    return this.checkIns.batch(caller, eventId, scans);
  }

  @Get('events/:eventId/check-ins')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'List the scans of an event, or with ?conflict=true those that somebody has to look at' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() query: CheckInQuery,
  ): Promise<CheckInPage> {
    return this.checkIns.list(caller, eventId, query);
  }

  @Get('check-ins/:id')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Read one scan' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<CheckInAnswer> {
    return this.checkIns.get(caller, id);
  }

  @Post('registrations/:id/check-in')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RegistrationAnswer })
  @ApiOperation({ summary: 'Check a person in without a scanner' })
  async byHand(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RegistrationAnswer> {
    return this.checkIns.byHand(caller, id, dryRun === 'true');
  }
}
