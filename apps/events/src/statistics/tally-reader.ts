import { Transactions } from '@expo-accord/database';
import { type Quantity } from '@expo-accord/values';
import { Injectable } from '@nestjs/common';
import { type Counted, countedProjectStatuses, uncountedAgreementStatuses } from './statistics.rules';

/** Editions are the topmost events of a series; whatever happens in their sub-events counts for them. */
const partsOfEditions = `
  WITH RECURSIVE part AS (
    SELECT id, id AS edition_id FROM event
    WHERE tenant_id = $1 AND series_id = $2 AND status <> 'draft'
      AND NOT EXISTS (SELECT 1 FROM event parent WHERE parent.id = event.parent_id AND parent.series_id = $2)
    UNION
    SELECT event.id, part.edition_id FROM event JOIN part ON event.parent_id = part.id
  )`;

interface InvestmentSum {
  edition_id: string;
  count: string;
  currency: string | null;
  qualifier: Quantity['qualifier'] | null;
  inclusive: boolean | null;
  value: string | null;
  lower: string | null;
  upper: string | null;
}

interface MutableCount {
  registrations: Map<string, bigint>;
  projects: bigint;
  investments: Quantity[];
  agreements: bigint;
}

@Injectable()
export class TallyReader {
  constructor(private readonly transactions: Transactions) {}

  /** What was counted for each edition of the series, by the edition's id; an edition without anything is there, too. */
  async bySeries(tenantId: string, seriesId: string): Promise<Map<string, Counted>> {
    const { manager } = this.transactions;
    const read = <Row>(sql: string, ...further: unknown[]): Promise<Row[]> =>
      manager.query<Row[]>(`${partsOfEditions} ${sql}`, [tenantId, seriesId, ...further]);
    const editions = await read<{ edition_id: string }>('SELECT DISTINCT edition_id FROM part');
    const counts = new Map(editions.map(({ edition_id: id }) => [id, emptyCount()]));
    const registrations = await read<{ edition_id: string; status: string; count: string }>(
      `SELECT edition_id, status, sum(count)::text AS count FROM part
       JOIN counted_registrations told ON told.event_id = part.id AND told.tenant_id = $1 GROUP BY edition_id, status`,
    );
    for (const { edition_id: id, status, count } of registrations) {
      counts.get(id)?.registrations.set(status, BigInt(count));
    }
    const projects = await read<InvestmentSum>(
      `SELECT edition_id, count(*)::text AS count, currency, qualifier, inclusive,
         sum(value)::text AS value, sum(lower)::text AS lower, sum(upper)::text AS upper FROM part
       JOIN counted_project told ON told.event_id = part.id AND told.tenant_id = $1 AND status = ANY($3)
       GROUP BY edition_id, currency, qualifier, inclusive`,
      countedProjectStatuses,
    );
    for (const sum of projects) {
      const count = counts.get(sum.edition_id);
      if (count === undefined) continue;
      count.projects += BigInt(sum.count);
      count.investments.push(...amountOf(sum));
    }
    const agreements = await read<{ edition_id: string; count: string }>(
      `SELECT edition_id, count(*)::text AS count FROM part
       JOIN counted_agreement told ON told.event_id = part.id AND told.tenant_id = $1 AND status <> ALL($3)
       GROUP BY edition_id`,
      uncountedAgreementStatuses,
    );
    for (const { edition_id: id, count } of agreements) {
      const entry = counts.get(id);
      if (entry !== undefined) entry.agreements = BigInt(count);
    }
    return counts;
  }
}

function emptyCount(): MutableCount {
  return { registrations: new Map(), projects: 0n, investments: [], agreements: 0n };
}

/** Amounts of one kind add up to an amount of that kind; a project whose amount is unknown adds none. */
function amountOf({ currency, qualifier, inclusive, value, lower, upper }: InvestmentSum): Quantity[] {
  if (currency === null || qualifier === null) return [];
  const parts = { value, lower, upper, inclusive };
  const known = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null));
  return [{ qualifier, currency, ...known } as Quantity];
}
