import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, eventNotYetKnown } from '@expo-accord/http';
import { type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { Agreement } from '../agreements/agreement.entity';
import { EventCopies } from '../events/event-copies.service';
import { Project } from '../projects/project.entity';
import { economiesOf } from '../projects/project.messages';
import { type StatisticsQuery } from './statistics.dto';
import { breakDown, type Breakdown, type Counted } from './statistics.rules';

export interface StatisticsView {
  asOf: string;
  eventIds: string[] | null;
  synthetic: boolean;
  /** From announced on, without those cancelled; groups are industries. */
  projects: Breakdown;
  /** From agreed on, without those given up; groups are types. */
  agreements: Breakdown;
}

interface Scope {
  tenantId: string;
  eventIds: string[] | null;
  synthetic: boolean;
}

/** Counts and money, computed from this service's own records when asked. */
@Injectable()
export class Statistics {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
  ) {}

  async compute(caller: Caller, query: StatisticsQuery): Promise<StatisticsView> {
    const scope = await this.scopeOf(caller, query);
    const isAsked = ({ group, economies }: Counted): boolean =>
      (query.industry === undefined || group === query.industry) &&
      (query.economy === undefined || economies.includes(query.economy));
    const projects = (await this.projects(scope)).filter(isAsked);
    // An agreement has no industry, so asking for one asks for projects only.
    const agreements = query.industry === undefined ? (await this.agreements(scope)).filter(isAsked) : [];
    return {
      asOf: new Date().toISOString(),
      eventIds: scope.eventIds,
      synthetic: scope.synthetic,
      projects: breakDown(projects),
      agreements: breakDown(agreements),
    };
  }

  private async scopeOf({ tenantId }: Caller, query: StatisticsQuery): Promise<Scope> {
    const { manager } = this.transactions;
    const { eventId, seriesId } = query;
    const synthetic = query.synthetic === 'true';
    if (eventId !== undefined) {
      const event = (await this.events.byId(manager, tenantId, [eventId])).get(eventId);
      if (!event) throw eventNotYetKnown(eventId, '/eventId');
      return { tenantId, eventIds: [eventId], synthetic: event.synthetic };
    }
    if (seriesId === undefined) return { tenantId, eventIds: null, synthetic };
    const events = await this.events.bySeries(manager, tenantId, seriesId);
    const simulated = query.synthetic === undefined ? events.every((event) => event.synthetic) : synthetic;
    const asked = events.filter((event) => event.synthetic === simulated);
    return { tenantId, eventIds: asked.map(({ id }) => id), synthetic: asked.length > 0 && simulated };
  }

  private async projects(scope: Scope): Promise<Counted[]> {
    const query = this.transactions.manager.createQueryBuilder(Project, 'row').where(`row.status <> 'cancelled'`);
    const projects = await within(query, scope).getMany();
    return projects.map((project) => ({
      status: project.status,
      group: project.content.industry ?? null,
      economies: economiesOf(project),
      money: project.content.investment?.currency === undefined ? [] : [project.content.investment],
    }));
  }

  private async agreements(scope: Scope): Promise<Counted[]> {
    const query = this.transactions.manager
      .createQueryBuilder(Agreement, 'row')
      .where(`row.status NOT IN ('draft', 'negotiating', 'abandoned', 'withdrawn')`);
    const agreements = await within(query, scope).getMany();
    return agreements.map(({ status, content }) => ({
      status,
      group: content.type,
      economies: content.parties.items.flatMap(({ economy }) => economy ?? []),
      money: (content.amounts ?? []).filter(({ currency }) => currency !== undefined),
    }));
  }
}

function within<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, scope: Scope): SelectQueryBuilder<T> {
  const { tenantId, synthetic, eventIds } = scope;
  query.andWhere('row.tenantId = :tenantId AND row.synthetic = :synthetic', { tenantId, synthetic });
  if (eventIds !== null) query.andWhere('row.eventId = ANY(:eventIds)', { eventIds });
  return query;
}
