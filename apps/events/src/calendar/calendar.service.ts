import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { type EventBody } from '../events/event.dto';
import { EventEntity } from '../events/event.entity';
import { eventResource } from '../events/event.resource';
import { PublicUrls } from '../records/public-urls';
import { type RecordEntity } from '../records/record.entity';
import { bodyOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import { seriesResource } from '../series/series.resource';
import { SessionEntity } from '../sessions/session.entity';
import { sessionResource } from '../sessions/session.resource';
import { type CalendarEntry, eventEntry, pickerFor, sessionEntry, statusInCalendar } from './calendar.rules';
import { icalendar } from './icalendar';

export interface Calendar {
  text: string;
  languages: ReadonlySet<string>;
}

/** Calendars to subscribe to. Drafts are in none. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly urls: PublicUrls,
  ) {}

  /** The event, what is part of it at any depth, and the sessions of each. */
  async ofEvent(caller: Caller, id: string, acceptLanguage: string | undefined): Promise<Calendar> {
    const event = await this.records.row(eventResource, caller, id, this.transactions.manager);
    const events = await this.publicWithin(event);
    const sessions = await this.transactions.manager.find(SessionEntity, {
      where: { tenantId: caller.tenantId, eventId: In(events.map((one) => one.id)) },
      order: { id: 'ASC' },
    });
    return this.calendar(bodyOf(eventResource, event).names, events, sessions, acceptLanguage);
  }

  /** The editions of the series. */
  async ofSeries(caller: Caller, id: string, acceptLanguage: string | undefined): Promise<Calendar> {
    const series = await this.records.row(seriesResource, caller, id, this.transactions.manager);
    const editions = await this.transactions.manager.find(EventEntity, {
      where: { tenantId: caller.tenantId, seriesId: id, status: Not('draft') },
      order: { id: 'ASC' },
    });
    return this.calendar(bodyOf(seriesResource, series).names, editions, [], acceptLanguage);
  }

  private async publicWithin({ id, tenantId }: EventEntity): Promise<EventEntity[]> {
    const rows = await this.transactions.manager.query<{ id: string }[]>(
      `WITH RECURSIVE part AS (
         SELECT id FROM event WHERE id = $1 AND tenant_id = $2
         UNION SELECT event.id FROM event JOIN part ON event.parent_id = part.id
       ) SELECT id FROM part`,
      [id, tenantId],
    );
    const where = { tenantId, id: In(rows.map((row) => row.id)), status: Not('draft' as const) };
    return this.transactions.manager.find(EventEntity, { where, order: { id: 'ASC' } });
  }

  private calendar(
    names: EventBody['names'],
    events: readonly EventEntity[],
    sessions: readonly SessionEntity[],
    acceptLanguage: string | undefined,
  ): Calendar {
    const languages = new Set<string>();
    const pick = pickerFor(acceptLanguage, languages);
    const entries = events.flatMap((event) => {
      const status = statusInCalendar(event.status);
      const body = bodyOf(eventResource, event);
      const own = eventEntry(body, pick);
      const programme = sessions
        .filter(({ eventId }) => eventId === event.id)
        .flatMap((session) => {
          const said = sessionEntry(bodyOf(sessionResource, session), body, pick);
          return said === undefined ? [] : [{ ...this.record('sessions', session, event), status, ...said }];
        });
      return own === undefined ? programme : [{ ...this.record('events', event), status, ...own }, ...programme];
    });
    return { text: icalendar(pick(names), entries), languages };
  }

  /** @param around the event of a session, whose changes of status and place are changes of the session, too */
  private record(
    path: string,
    { id, version, updatedAt }: RecordEntity,
    around?: EventEntity,
  ): Pick<CalendarEntry, 'uid' | 'revision' | 'changedAt' | 'url'> {
    const changedAt = around !== undefined && around.updatedAt > updatedAt ? around.updatedAt : updatedAt;
    return { uid: id, revision: version + (around?.version ?? 0), changedAt, url: this.urls.of(path, id) };
  }
}
