import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IfMatch, RequiresScope } from '@expo-accord/http';
import { LeadTimes, LeadTimesAnswer } from './lead-times.dto';
import { LeadTimesOfTenants } from './lead-times.service';

@ApiTags('Commitments')
@Controller('v1/commitments/lead-times')
export class LeadTimesController {
  constructor(private readonly leadTimes: LeadTimesOfTenants) {}

  @Get()
  @RequiresScope('agreements:read')
  @ApiOperation({ summary: 'How long before commitments without lead times of their own are due that is told' })
  @ApiOkResponse({ type: LeadTimesAnswer })
  async one(@CurrentCaller() caller: Caller): Promise<LeadTimesAnswer> {
    return this.leadTimes.of(caller);
  }

  @Patch()
  @RequiresScope('agreements:write')
  @ApiOperation({ summary: 'Change it; what was told is not told again' })
  @ApiOkResponse({ type: LeadTimesAnswer })
  async change(
    @CurrentCaller() caller: Caller,
    @IfMatch() version: number,
    @Body() { leadDays }: LeadTimes,
  ): Promise<LeadTimesAnswer> {
    return this.leadTimes.change(caller, version, leadDays);
  }
}
