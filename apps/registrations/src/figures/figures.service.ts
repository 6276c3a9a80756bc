import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { MergedOrganizations } from '@expo-accord/organizations';
import { whyClosed } from '../events/event-copy.rules';
import { EventCopyStore } from '../events/event-copy.store';
import { holdsPlace } from '../registrations/registration.rules';
import { Quota } from '../tickets/quota.entity';
import { WHOLE_EVENT } from '../tickets/quota.rules';
import { TicketCategory } from '../tickets/ticket-category.entity';
import {
  type AvailabilityAnswer,
  type BreakdownAnswer,
  type BreakdownRow,
  type DayRow,
  type OrganizationRow,
} from './figures.dto';
import { type RegistrationCount, RegistrationTotals } from './registration-totals';

/** More than these nobody reads at a glance; the list of registrations has them all. */
const LARGEST_ORGANIZATIONS = 100;

type StatusCount = Pick<RegistrationCount, 'status' | 'count'>;

interface OrganizationCount extends StatusCount {
  readonly organizationId: string;
}

type Organizations = Pick<BreakdownAnswer, 'byOrganization' | 'otherOrganizations' | 'withoutOrganizationId'>;

type Dimension = 'category' | 'economy' | 'mode';

/** What an event's registrations come to. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly totals: RegistrationTotals,
    private readonly merged: MergedOrganizations,
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
      total: { key: null, ...countedOf(counts) },
      byCategory: rowsBy('category', counts),
      byEconomy: rowsBy('economy', counts),
      byMode: rowsBy('mode', counts),
      ...(await this.organizations(tenantId, eventId, counts)),
      byDay: days,
      synthetic: event.synthetic,
      asOf: event.now.toISOString(),
    };
  }

  private async organizations(tenantId: string, eventId: string, all: readonly StatusCount[]): Promise<Organizations> {
    const counts = await this.transactions.manager.query<OrganizationCount[]>(
      `SELECT organization_id AS "organizationId", status, count(*)::integer AS count FROM registration
        WHERE event_id = $1 AND organization_id IS NOT NULL GROUP BY organization_id, status`,
      [eventId],
    );
    const ids = [...new Set(counts.map(({ organizationId }) => organizationId))];
    const survivors = ids.length === 0 ? new Map<string, string>() : await this.merged.survivorsOf(tenantId, ids);
    const groups = grouped(counts, ({ organizationId }) => survivors.get(organizationId) ?? organizationId);
    const rows = [...groups].map(([organizationId, group]) => ({
      row: { organizationId, ...countedOf(group) },
      group,
    }));
    rows.sort((a, b) => bySize(a.row, b.row));
    return {
      byOrganization: rows.slice(0, LARGEST_ORGANIZATIONS).map(({ row }) => row),
      otherOrganizations: countedOf(rows.slice(LARGEST_ORGANIZATIONS).flatMap(({ group }) => group)),
      withoutOrganizationId: countedOf(rest(all, counts)),
    };
  }
}

function bySize(a: OrganizationRow, b: OrganizationRow): number {
  return b.registered - a.registered || (a.organizationId < b.organizationId ? -1 : 1);
}

/** How many of each status are not among `some`. Who signed up between the two readings makes none negative. */
function rest(all: readonly StatusCount[], some: readonly StatusCount[]): StatusCount[] {
  const others = grouped(some, ({ status }) => status);
  return [...grouped(all, ({ status }) => status)]
    .map(([status, group]) => ({ status, count: Math.max(0, sumOf(group) - sumOf(others.get(status) ?? [])) }))
    .filter(({ count }) => count > 0);
}

const sumOf = (counts: readonly StatusCount[]): number => counts.reduce((sum, { count }) => sum + count, 0);

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** In the order of keys; what is not stated comes last. */
function rowsBy(dimension: Dimension, counts: readonly RegistrationCount[]): BreakdownRow[] {
  const groups = grouped(counts, (count): string | null => count[dimension]);
  const rows = [...groups].map(([key, group]) => ({ key, ...countedOf(group) }));
  return rows.sort((a, b) => (a.key === null ? 1 : b.key === null || a.key < b.key ? -1 : 1));
}

function countedOf(counts: readonly StatusCount[]): Omit<BreakdownRow, 'key'> {
  const byStatus: Record<string, number> = {};
  for (const { status, count } of counts) byStatus[status] = (byStatus[status] ?? 0) + count;
  const registered = sumOf(counts.filter(({ status }) => holdsPlace(status)));
  return { registered, checkedIn: byStatus.checkedIn ?? 0, byStatus };
}
