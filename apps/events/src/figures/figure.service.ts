import { Transactions } from '@expo-accord/database';
import { type Caller, invalidField, type Page, requireScope } from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { EventEntity } from '../events/event.entity';
import { Records } from '../records/record.service';
import { SeriesEntity } from '../series/series.entity';
import { FigureAnnouncements } from './figure-announcements';
import { type FigureAnswer, type FigureBody, type FigureListQuery } from './figure.dto';
import { type FigureEntity } from './figure.entity';
import { figureResource } from './figure.resource';

@Injectable()
export class FigureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly announcements: FigureAnnouncements,
    private readonly outbox: Outbox,
  ) {}

  async create(caller: Caller, body: FigureBody): Promise<FigureAnswer> {
    if (body.historical === true) requireScope(caller, 'history:write');
    return this.transactions.run(async (manager) => {
      const fixed = await this.subjectColumns(manager, caller, body);
      const answer = await this.records.create(figureResource, caller, body, fixed, (_, figure) =>
        this.tell(manager, figure),
      );
      return answer as FigureAnswer;
    });
  }

  async get(caller: Caller, id: string): Promise<FigureAnswer> {
    return (await this.records.get(figureResource, caller, id)) as FigureAnswer;
  }

  async list(caller: Caller, { seriesId, eventId, metric, ...page }: FigureListQuery): Promise<Page<FigureAnswer>> {
    const found = await this.records.list(
      figureResource,
      caller,
      page,
      { seriesId, metric },
      {
        narrow: (query) => {
          if (eventId !== undefined) query.andWhere('record.eventIds @> :about::uuid[]', { about: [eventId] });
        },
      },
    );
    return found as Page<FigureAnswer>;
  }

  /** A correction: it is told again, in full. */
  async change(caller: Caller, id: string, version: number, patch: Record<string, unknown>): Promise<FigureAnswer> {
    const answer = await this.records.change(figureResource, caller, id, version, patch, {
      check: (manager, figure, body) => {
        if (figure.historical || body.historical === true) requireScope(caller, 'history:write');
        return this.subjectColumns(manager, caller, body);
      },
      afterwards: (manager, figure) => this.tell(manager, figure),
    });
    return answer as FigureAnswer;
  }

  private async tell(manager: EntityManager, figure: FigureEntity): Promise<void> {
    await this.outbox.append(manager, await this.announcements.tellable(manager, figure));
  }

  private async subjectColumns(
    manager: EntityManager,
    { tenantId }: Caller,
    { subject: { seriesId, eventId, eventIds } }: FigureBody,
  ): Promise<Pick<FigureEntity, 'seriesId' | 'eventIds' | 'synthetic'>> {
    const given = [seriesId, eventId, eventIds].filter((part) => part !== undefined);
    if (given.length !== 1) {
      throw invalidField('/subject', 'one-subject', 'A figure is about a series, or an event, or several events.');
    }
    const about = eventIds ?? (eventId === undefined ? [] : [eventId]);
    const series = seriesId ? await manager.findOneBy(SeriesEntity, { id: seriesId, tenantId }) : null;
    const first = about[0] ? await manager.findOneBy(EventEntity, { id: about[0], tenantId }) : null;
    return { seriesId: seriesId ?? null, eventIds: about, synthetic: (series ?? first)?.synthetic ?? false };
  }
}
