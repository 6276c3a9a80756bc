import { type Caller, Created, CurrentCaller, IdPipe, IfMatch, type Page, RequiresScope } from '@expo-accord/http';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { ApiPageOf } from '../records/api-page';
import { ActionQuery } from '../records/record-query.dto';
import { EventActionBody, EventAnswer, EventCreation, EventListQuery, type EventStatusChangeAnswer } from './event.dto';
import { EventCloneBody } from './event-clone.dto';
import { EventCloneService } from './event-clone.service';
import { EventService } from './event.service';

@ApiTags('Events')
@Controller('v1/events')
export class EventController {
  constructor(
    private readonly events: EventService,
    private readonly clones: EventCloneService,
  ) {}

  /** Enters an event: a draft, or history as it was. */
  @Post()
  @Created('events')
  @RequiresScope('events:write')
  create(@CurrentCaller() caller: Caller, @Body() body: EventCreation): Promise<EventAnswer> {
    return this.events.create(caller, body);
  }

  @Get()
  @ApiPageOf(EventAnswer)
  @RequiresScope('events:read')
  list(@CurrentCaller() caller: Caller, @Query() query: EventListQuery): Promise<Page<EventAnswer>> {
    return this.events.list(caller, query);
  }

  @Get(':id')
  @RequiresScope('events:read')
  get(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<EventAnswer> {
    return this.events.get(caller, id);
  }

  @Patch(':id')
  @RequiresScope('events:write')
  @ApiBody({ type: EventCreation, description: 'JSON merge patch' })
  change(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Body() patch: Record<string, unknown>,
  ): Promise<EventAnswer> {
    return this.events.change(caller, id, version, patch);
  }

  /**
   * Makes a draft of the next edition: what was planned of this one, never its registrations, statements, figures or
   * agreements. Its ordinal is the next unless another is given; sources stay behind, as they spoke of this one.
   */
  @Post(':id/clone')
  @Created('events')
  @RequiresScope('events:write')
  clone(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventCloneBody,
  ): Promise<EventAnswer> {
    return this.clones.clone(caller, id, body ?? {}, dryRun);
  }

  /** Drafts only, with their sessions, participations and statements. */
  @Delete(':id')
  @HttpCode(204)
  @RequiresScope('events:write')
  remove(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<void> {
    return this.events.remove(caller, id);
  }

  /** Every step of its life so far. */
  @Get(':id/status-changes')
  @RequiresScope('events:read')
  async history(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<{ items: EventStatusChangeAnswer[] }> {
    return { items: await this.events.history(caller, id) };
  }

  /**
   * Makes a draft public; takes up a postponed or planned event again. A live event says when (`startsAt` or `date`),
   * where (`venue`, or the mode `online`), by whom (`hosts`), and has its texts in the languages of its series; a
   * sub-event may leave the first three to its parent. 422 `publication-incomplete` names all that is missing.
   */
  @Post(':id/publish')
  @HttpCode(200)
  @RequiresScope('events:write')
  publish(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventActionBody,
  ): Promise<EventAnswer> {
    return this.events.act(caller, id, 'publish', body ?? {}, dryRun);
  }

  /** Sign-ups are taken from now on; the same has to be there as for publishing. */
  @Post(':id/open')
  @HttpCode(200)
  @RequiresScope('events:write')
  open(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventActionBody,
  ): Promise<EventAnswer> {
    return this.events.act(caller, id, 'open', body ?? {}, dryRun);
  }

  /** The event begins. */
  @Post(':id/start')
  @HttpCode(200)
  @RequiresScope('events:write')
  start(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventActionBody,
  ): Promise<EventAnswer> {
    return this.events.act(caller, id, 'start', body ?? {}, dryRun);
  }

  /** The event is over. */
  @Post(':id/close')
  @HttpCode(200)
  @RequiresScope('events:write')
  close(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventActionBody,
  ): Promise<EventAnswer> {
    return this.events.act(caller, id, 'close', body ?? {}, dryRun);
  }

  /** It will not take place, and neither will its sub-events that are public and not over. */
  @Post(':id/cancel')
  @HttpCode(200)
  @RequiresScope('events:write')
  cancel(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventActionBody,
  ): Promise<EventAnswer> {
    return this.events.act(caller, id, 'cancel', body ?? {}, dryRun);
  }

  /** Puts it off; give the new date by PATCH once it is known. */
  @Post(':id/postpone')
  @HttpCode(200)
  @RequiresScope('events:write')
  postpone(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { dryRun }: ActionQuery,
    @Body() body?: EventActionBody,
  ): Promise<EventAnswer> {
    return this.events.act(caller, id, 'postpone', body ?? {}, dryRun);
  }
}
