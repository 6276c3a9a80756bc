import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, eventNotYetKnown } from '@expo-accord/http';
import { type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { Agreement } from '../agreements/agreement.entity';
import { EventCopies } from '../events/event-copies.service';
import { type Funnel, type FunnelGroup, funnels, type ProjectCell } from './funnel.rules';
import { ProjectTotals, type TotalsScope } from './project-totals.service';
import { type FunnelQuery, type StatisticsQuery } from './statistics.dto';
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

export interface FunnelView {
  asOf: string;
  eventIds: string[] | null;
  synthetic: boolean;
  by: FunnelGroup;
  funnels: Funnel[];
}

interface Scope extends TotalsScope {
  eventIds: string[] | null;
}

/** Counts and money of this service's own records. */
@Injectable()
export class Statistics {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopies,
    private readonly totals: ProjectTotals,
  ) {}

  async compute(caller: Caller, query: StatisticsQuery): Promise<StatisticsView> {
    const scope = await this.scopeOf(caller, query);
    const projects = (await this.cells(scope, query)).filter(({ status }) => status !== 'cancelled');
    // An agreement has no industry, so asking for one asks for projects only.
    const agreements = query.industry === undefined ? (await this.agreements(scope)).filter(asked(query)) : [];
    return {
      asOf: new Date().toISOString(),
      eventIds: scope.eventIds,
      synthetic: scope.synthetic,
      projects: breakDown(projects),
      agreements: breakDown(agreements),
    };
  }

  /** How many of the projects have come how far, for each event, economy or industry. */
  async funnel(caller: Caller, query: FunnelQuery): Promise<FunnelView> {
    const { by = 'event' } = query;
    const scope = await this.scopeOf(caller, query);
    const { eventIds, synthetic } = scope;
    const asOf = new Date().toISOString();
    return { asOf, eventIds, synthetic, by, funnels: funnels(await this.cells(scope, query), by) };
  }

  private async cells(scope: Scope, query: StatisticsQuery): Promise<ProjectCell[]> {
    return (await this.totals.read(scope)).filter(asked(query));
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

  private async agreements(scope: Scope): Promise<Counted[]> {
    const query = this.transactions.manager
      .createQueryBuilder(Agreement, 'row')
      .where(`row.status NOT IN ('draft', 'negotiating', 'abandoned', 'withdrawn')`);
    const agreements = await within(query, scope).getMany();
    return agreements.map(({ status, content }) => ({
      count: 1,
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

function asked({ industry, economy }: StatisticsQuery): (counted: Counted) => boolean {
  return ({ group, economies }) =>
    (industry === undefined || group === industry) && (economy === undefined || economies.includes(economy));
}
