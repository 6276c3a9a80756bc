import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { ActionQuery } from '../registrations/registration.dto';
import { EntryConditionBody, EntryConditionList } from './entry-condition.dto';
import { EntryConditionService } from './entry-condition.service';

@ApiTags('Check-in')
@Controller('v1/registrations/:id/entry-conditions')
export class EntryConditionController {
  constructor(private readonly conditions: EntryConditionService) {}

  @Get()
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'What the event asks of a registration before entry, and what of it is satisfied' })
  async list(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<EntryConditionList> {
    return this.conditions.list(caller, id);
  }

  @Post()
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: EntryConditionList })
  @ApiOperation({
    summary: 'Say that an entry condition is satisfied, or take that back',
    description: 'Scans that were made since then and are here already are judged again. A new ticket begins anew.',
  })
  async say(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: EntryConditionBody,
    @Query() { dryRun }: ActionQuery,
  ): Promise<EntryConditionList> {
    return this.conditions.say(caller, id, body, dryRun === 'true');
  }
}
