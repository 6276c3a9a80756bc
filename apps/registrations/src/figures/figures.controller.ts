import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { AvailabilityAnswer, BreakdownAnswer } from './figures.dto';
import { FiguresService } from './figures.service';

@ApiTags('Registrations in figures')
@Controller('v1/events/:eventId')
export class FiguresController {
  constructor(private readonly figures: FiguresService) {}

  @Get('availability')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Whether sign-ups are taken now, and the places left in each quota' })
  async availability(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
  ): Promise<AvailabilityAnswer> {
    return this.figures.availability(caller, eventId);
  }

  @Get('breakdown')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Registrations of an event by category, economy, mode and status' })
  async breakdown(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
  ): Promise<BreakdownAnswer> {
    return this.figures.breakdown(caller, eventId);
  }
}
