import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, PageQuery, RequiresScope } from '@expo-accord/http';
import { QuotaService } from './quota.service';
import { ActionQuery } from '../registrations/registration.dto';
import { QuotaAnswer, QuotaBody, QuotaPage, QuotaPatch, RecountAnswer } from './ticket.dto';

@ApiTags('Ticket categories and quotas')
@Controller('v1')
export class QuotaController {
  constructor(private readonly quotas: QuotaService) {}

  @Post('events/:eventId/quotas')
  @RequiresScope('registrations:write')
  @Created('quotas')
  @ApiOperation({ summary: 'Limit the places of an event, a ticket category, a side or a session' })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() body: QuotaBody,
  ): Promise<QuotaAnswer> {
    return this.quotas.create(caller, eventId, body);
  }

  @Get('events/:eventId/quotas')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'List the quotas of an event' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() page: PageQuery,
  ): Promise<QuotaPage> {
    return this.quotas.list(caller, eventId, page);
  }

  @Get('quotas/:id')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Read a quota' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<QuotaAnswer> {
    return this.quotas.get(caller, id);
  }

  @Patch('quotas/:id')
  @RequiresScope('registrations:write')
  @ApiOperation({
    summary: 'Change the number of places',
    description: 'Lowering it turns nobody out; new places go to who waits',
  })
  async resize(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() { places }: QuotaPatch,
  ): Promise<QuotaAnswer> {
    return this.quotas.resize(caller, id, places, version);
  }

  @Post('events/:eventId/quotas/recount')
  @RequiresScope('registrations:write')
  @HttpCode(200)
  @ApiOkResponse({ type: RecountAnswer })
  @ApiOperation({
    summary: 'Count again who holds a place, and put right what quotas say',
    description: 'With dryRun=true it is only a check: whether counters and counts agree.',
  })
  async recount(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() { dryRun }: ActionQuery,
  ): Promise<RecountAnswer> {
    return this.quotas.recount(caller, eventId, dryRun === 'true');
  }
}
