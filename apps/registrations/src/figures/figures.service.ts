import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { MergedOrganizations } from '@expo-accord/organizations';
import { type Outcome } from '../check-ins/check-in.rules';
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
import { EventTotals, type OrganizationCount, type RegistrationCount, type ScanCount } from './event-totals';

/** More than these nobody reads at a glance; the list of registrations has them all. */
const LARGEST_ORGANIZATIONS = 100;

type StatusCount = Pick<RegistrationCount, 'status' | 'count'>;

type Organizations = Pick<BreakdownAnswer, 'byOrganization' | 'otherOrganizations' | 'withoutOrganizationId'>;

type Dimension = 'category' | 'economy' | 'mode';

/** What an event's registrations come to. */
@Injectable()
export class FiguresService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly totals: EventTotals,
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
    // None needs another's answer, and each has a connection: together they take as long as the longest.
    const [event, counts, ofOrganizations, scans] = await Promise.all([
      this.events.known(this.transactions.manager, tenantId, eventId),
      this.totals.registrations(eventId),
      this.totals.organizations(eventId),
      this.totals.scans(eventId),
    ]);
    return {
      eventId,
      basis: 'registrations',
      total: { key: null, ...countedOf(counts) },
      byCategory: rowsBy('category', counts),
      byEconomy: rowsBy('economy', counts),
      byMode: rowsBy('mode', counts),
      ...(await this.organizations(tenantId, ofOrganizations, counts)),
      byDay: daysOf(scans),
      synthetic: event.synthetic,
      asOf: event.now.toISOString(),
    };
  }

  /** @param all whichever organisation they name, or none */
  private async organizations(
    tenantId: string,
    counts: readonly OrganizationCount[],
    all: readonly StatusCount[],
  ): Promise<Organizations> {
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

const sumOf = (counts: readonly { readonly count: number }[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0);

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function daysOf(scans: readonly ScanCount[]): DayRow[] {
  return [...grouped(scans, ({ day }) => day)].map(([day, ofDay]) => {
    const of = (outcome: Outcome): number => sumOf(ofDay.filter((each) => each.outcome === outcome));
    return {
      day,
      entered: of('entered'),
      reEntered: of('reEntered'),
      left: of('left'),
      conflicts: of('conflict'),
    };
  });
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
