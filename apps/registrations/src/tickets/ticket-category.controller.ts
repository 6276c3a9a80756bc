import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, PageQuery, RequiresScope } from '@expo-accord/http';
import { TicketCategoryAnswer, TicketCategoryBody, TicketCategoryPage, TicketCategoryTermsBody } from './ticket.dto';
import { TicketCategoryService } from './ticket-category.service';

@ApiTags('Ticket categories and quotas')
@Controller('v1')
export class TicketCategoryController {
  constructor(private readonly categories: TicketCategoryService) {}

  @Post('events/:eventId/ticket-categories')
  @RequiresScope('registrations:write')
  @Created('ticket-categories')
  @ApiOperation({ summary: 'Give an event a ticket category', description: '`quota` also makes its quota' })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Body() body: TicketCategoryBody,
  ): Promise<TicketCategoryAnswer> {
    return this.categories.create(caller, eventId, body);
  }

  @Get('events/:eventId/ticket-categories')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'List the ticket categories of an event' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('eventId', IdPipe) eventId: string,
    @Query() page: PageQuery,
  ): Promise<TicketCategoryPage> {
    return this.categories.list(caller, eventId, page);
  }

  @Get('ticket-categories/:id')
  @RequiresScope('registrations:read')
  @ApiOperation({ summary: 'Read a ticket category' })
  async get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<TicketCategoryAnswer> {
    return this.categories.get(caller, id);
  }

  @Patch('ticket-categories/:id')
  @RequiresScope('registrations:write')
  @ApiOperation({ summary: 'Change how a ticket category takes people in', description: 'Holds for new sign-ups' })
  @ApiBody({ type: TicketCategoryTermsBody })
  async change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<TicketCategoryAnswer> {
    return this.categories.change(caller, id, patch, version);
  }
}
