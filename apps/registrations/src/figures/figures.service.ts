import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { whyClosed } from '../events/event-copy.rules';
import { EventCopyStore } from '../events/event-copy.store';
import { holdsPlace } from '../registrations/registration.rules';
import { Quota } from '../tickets/quota.entity';
import { WHOLE_EVENT } from '../tickets/quota.rules';
import { TicketCategory } from '../tickets/ticket-category.entity';
import { type AvailabilityAnswer, type BreakdownAnswer, type BreakdownRow, type DayRow } from './figures.dto';
import { type RegistrationCount, RegistrationTotals } from './registration-totals';

type Dimension = 'category' | 'economy' | 'mode';

/** What an event's registrations come to. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly totals: RegistrationTotals,
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
    const counts = await this.totals.of(eventId);
    const days = await manager.query<DayRow[]>(
      `SELECT to_char(day, 'YYYY-MM-DD') AS day,
              coalesce(sum(count) FILTER (WHERE outcome = 'entered'), 0)::integer AS entered,
              coalesce(sum(count) FILTER (WHERE outcome = 'reEntered'), 0)::integer AS "reEntered",
              coalesce(sum(count) FILTER (WHERE outcome = 'left'), 0)::integer AS "left",
              coalesce(sum(count) FILTER (WHERE outcome = 'conflict'), 0)::integer AS conflicts
         FROM (SELECT day, outcome, count(*) FROM check_in WHERE event_id = $1 GROUP BY day, outcome) AS scans
        GROUP BY scans.day ORDER BY scans.day`,
      [eventId],
    );
    return {
      eventId,
      basis: 'registrations',
      total: rowOf(null, counts),
      byCategory: rowsBy('category', counts),
      byEconomy: rowsBy('economy', counts),
      byMode: rowsBy('mode', counts),
      byDay: days,
      synthetic: event.synthetic,
      asOf: event.now.toISOString(),
    };
  }
}

/** In the order of keys; what is not stated comes last. */
function rowsBy(dimension: Dimension, counts: readonly RegistrationCount[]): BreakdownRow[] {
  const groups = new Map<string | null, RegistrationCount[]>();
  for (const count of counts) groups.set(count[dimension], [...(groups.get(count[dimension]) ?? []), count]);
  const rows = [...groups].map(([key, group]) => rowOf(key, group));
  return rows.sort((a, b) => (a.key === null ? 1 : b.key === null || a.key < b.key ? -1 : 1));
}

function rowOf(key: string | null, counts: readonly RegistrationCount[]): BreakdownRow {
  const byStatus: Record<string, number> = {};
  for (const { status, count } of counts) byStatus[status] = (byStatus[status] ?? 0) + count;
  const registered = counts.filter(({ status }) => holdsPlace(status)).reduce((sum, { count }) => sum + count, 0);
  return { key, registered, checkedIn: byStatus.checkedIn ?? 0, byStatus };
}
