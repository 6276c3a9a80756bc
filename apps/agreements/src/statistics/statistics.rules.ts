import { addQuantities, type Quantity } from '@expo-accord/values';

/** One agreement or project, as far as it is counted. */
export interface Counted {
  status: string;
  /** Industry of a project, type of an agreement. */
  group: string | null;
  economies: readonly string[];
  money: readonly Quantity[];
}

export interface Tally {
  count: number;
  /** One sum per currency, as weak as its weakest member; nothing is converted. */
  money: Quantity[];
  /** How many of them state no money: the sums say nothing of these. */
  withoutMoney: number;
}

export interface Breakdown extends Tally {
  byStatus: Record<string, Tally>;
  byGroup: Record<string, Tally>;
  /** What has two economies counts under both, so these do not add up to the whole. */
  byEconomy: Record<string, Tally>;
}

const UNKNOWN = 'unknown';

export function tally(rows: readonly Counted[]): Tally {
  return {
    count: rows.length,
    money: addQuantities(rows.flatMap(({ money }) => money)),
    withoutMoney: rows.filter(({ money }) => money.length === 0).length,
  };
}

export function breakDown(rows: readonly Counted[]): Breakdown {
  return {
    ...tally(rows),
    byStatus: talliesBy(rows, ({ status }) => [status]),
    byGroup: talliesBy(rows, ({ group }) => [group ?? UNKNOWN]),
    byEconomy: talliesBy(rows, ({ economies }) => (economies.length > 0 ? economies : [UNKNOWN])),
  };
}

function talliesBy(rows: readonly Counted[], keysOf: (row: Counted) => readonly string[]): Record<string, Tally> {
  const groups = new Map<string, Counted[]>();
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, members]) => [key, tally(members)]));
}
