import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { whyClosed } from '../events/event-copy.rules';
import { EventCopyStore } from '../events/event-copy.store';
import { type RegistrationStatus } from '../registrations/registration';
import { holdsPlace } from '../registrations/registration.rules';
import { Quota } from '../tickets/quota.entity';
import { WHOLE_EVENT } from '../tickets/quota.rules';
import { TicketCategory } from '../tickets/ticket-category.entity';
import { type AvailabilityAnswer, type BreakdownAnswer, type BreakdownRow } from './figures.dto';

type Dimension = 'category' | 'economy' | 'mode';

interface Count {
  dimension: Dimension;
  key: string | null;
  status: RegistrationStatus;
  count: number;
}

/** What an event's registrations come to: computed now, from this service's own rows. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
  ) {}

  async availability({ tenantId }: Caller, eventId: string): Promise<AvailabilityAnswer> {
    const { manager } = this.transactions;
    const event = await this.events.known(manager, tenantId, eventId);
    const quotas = await manager.find(Quota, { where: { tenantId, eventId }, order: { id: 'ASC' } });
    const categories = await manager.find(TicketCategory, { where: { tenantId, eventId }, order: { id: 'ASC' } });
    const full = new Set(quotas.filter(({ taken, places }) => taken >= places).map(({ name }) => name));
    const closed = whyClosed(event);
    return {
      eventId,
      open: closed === null,
      closedBecause: closed?.code ?? null,
      eventStatus: event.status,
      opensAt: event.opensAt?.toISOString() ?? null,
      closesAt: event.closesAt?.toISOString() ?? null,
      quotas: quotas.map(({ name, scope, places, taken }) => ({
        quota: name,
        scope,
        places,
        taken,
        free: Math.max(0, places - taken),
      })),
      categoriesWithPlaces: categories
        .map(({ code }) => code)
        .filter((code) => !full.has(code) && !full.has(WHOLE_EVENT)),
      synthetic: event.synthetic,
      asOf: event.now.toISOString(),
    };
  }

  async breakdown({ tenantId }: Caller, eventId: string): Promise<BreakdownAnswer> {
    const { manager } = this.transactions;
    const event = await this.events.known(manager, tenantId, eventId);
    const counts = await manager.query<Count[]>(
      `SELECT CASE WHEN GROUPING(category) = 0 THEN 'category' WHEN GROUPING(economy) = 0 THEN 'economy' ELSE 'mode' END
                AS dimension,
              CASE WHEN GROUPING(category) = 0 THEN category WHEN GROUPING(economy) = 0 THEN economy ELSE mode END AS key,
              status, count(*)::integer AS count
         FROM registration WHERE tenant_id = $1 AND event_id = $2
        GROUP BY GROUPING SETS ((category, status), (economy, status), (mode, status))
        ORDER BY key NULLS LAST, status`,
      [tenantId, eventId],
    );
    const rowsOf = (wanted: Dimension): BreakdownRow[] => {
      const ofDimension = counts.filter(({ dimension }) => dimension === wanted);
      const keys = [...new Set(ofDimension.map(({ key }) => key))];
      return keys.map((each) =>
        rowOf(
          each,
          ofDimension.filter(({ key }) => key === each),
        ),
      );
    };
    return {
      eventId,
      basis: 'registrations',
      total: rowOf(
        null,
        counts.filter(({ dimension }) => dimension === 'category'),
      ),
      byCategory: rowsOf('category'),
      byEconomy: rowsOf('economy'),
      byMode: rowsOf('mode'),
      synthetic: event.synthetic,
      asOf: event.now.toISOString(),
    };
  }
}

function rowOf(key: string | null, counts: readonly Count[]): BreakdownRow {
  const byStatus: Record<string, number> = {};
  for (const { status, count } of counts) byStatus[status] = (byStatus[status] ?? 0) + count;
  const registered = counts.filter(({ status }) => holdsPlace(status)).reduce((sum, { count }) => sum + count, 0);
  return { key, registered, checkedIn: byStatus.checkedIn ?? 0, byStatus };
}
