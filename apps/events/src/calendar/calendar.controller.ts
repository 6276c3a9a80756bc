import { type Caller, CurrentCaller, IdPipe, RequiresScope } from '@expo-accord/http';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { type Calendar, CalendarService } from './calendar.service';

const icalendar = {
  description: 'iCalendar (RFC 5545), in UTC; each event and session keeps its UID',
  content: { 'text/calendar': { schema: { type: 'string' } } },
};

@ApiTags('Calendars')
@Controller('v1')
export class CalendarController {
  constructor(private readonly calendars: CalendarService) {}

  /**
   * The event's programme as a calendar: itself, its sub-events at any depth, and the sessions of each. What is known to
   * the day lasts all day, what is known less exactly is left out, and so are drafts; what is cancelled says so.
   */
  @Get('events/:id/calendar')
  @ApiOkResponse(icalendar)
  @RequiresScope('events:read')
  async ofEvent(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answer(reply, await this.calendars.ofEvent(caller, id, acceptLanguage));
  }

  /** The editions of the series as a calendar, as far as they are known to the day. */
  @Get('series/:id/calendar')
  @ApiOkResponse(icalendar)
  @RequiresScope('events:read')
  async ofSeries(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return answer(reply, await this.calendars.ofSeries(caller, id, acceptLanguage));
  }
}

function answer(reply: FastifyReply, { text, languages }: Calendar): string {
  reply.header('content-type', 'text/calendar; charset=utf-8');
  reply.header('content-language', [...languages].join(', '));
  return text;
}
