import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MergedTotals, Transactions } from '@expo-accord/database';
import { type Quantity } from '@expo-accord/values';
import { type ProjectStatus } from '../projects/project.rules';
import { type ProjectCell } from './funnel.rules';

export interface TotalsScope {
  tenantId: string;
  /** Null for all, with or without an event. */
  eventIds: readonly string[] | null;
  synthetic: boolean;
}

interface Row {
  eventId: string | null;
  status: ProjectStatus;
  stalledFrom: ProjectStatus | null;
  industry: string | null;
  economies: string[];
  currency: string | null;
  qualifier: Quantity['qualifier'] | null;
  inclusive: boolean | null;
  count: number;
  value: string | null;
  lower: string | null;
  upper: string | null;
}

/** Totals of projects, which the database keeps with each change of one (migration count-projects). */
@Injectable()
export class ProjectTotals implements OnApplicationShutdown {
  private readonly merged: MergedTotals;

  constructor(transactions: Transactions) {
    this.merged = new MergedTotals(transactions, {
      name: 'Totals of projects',
      table: 'project_total',
      scope: 'tenant_id',
      kind: [
        'event_id',
        'synthetic',
        'status',
        'stalled_from',
        'industry',
        'economies',
        'currency',
        'qualifier',
        'inclusive',
      ],
      sums: ['value', 'lower', 'upper'],
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.merged.stop();
  }

  async read({ tenantId, eventIds, synthetic }: TotalsScope): Promise<ProjectCell[]> {
    const rows = await this.merged.read<Row>(
      tenantId,
      `SELECT event_id AS "eventId", status, stalled_from AS "stalledFrom", industry, economies, currency, qualifier,
         inclusive, sum(count)::int AS count, sum(value)::text AS value, sum(lower)::text AS lower,
         sum(upper)::text AS upper, count(*)::int AS rows
       FROM project_total
       WHERE tenant_id = $1 AND synthetic = $2 AND ($3::uuid[] IS NULL OR event_id = ANY ($3))
       GROUP BY event_id, status, stalled_from, industry, economies, currency, qualifier, inclusive`,
      [tenantId, synthetic, eventIds],
    );
    return rows.map(cellOf);
  }
}

function cellOf({ industry, count, ...row }: Row): ProjectCell {
  const { eventId, status, stalledFrom, economies } = row;
  return { eventId, status, stalledFrom, economies, group: industry, count, money: moneyOf(row) };
}

/** Those of one qualifier and currency add up to one of the same: bounds to a bound, and what is exact to what is. */
function moneyOf({ currency, qualifier, inclusive, value, lower, upper }: Omit<Row, 'industry' | 'count'>): Quantity[] {
  if (currency === null || qualifier === null) return [];
  const said = { value, lower, upper, inclusive };
  const known = Object.fromEntries(Object.entries(said).filter(([, part]) => part !== null));
  return [{ qualifier, currency, ...known } as Quantity];
}
