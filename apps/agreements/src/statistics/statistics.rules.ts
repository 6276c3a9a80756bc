import { addQuantities, type Quantity } from '@expo-accord/values';

/** An agreement, a project, or so many that are alike, as far as they are counted. */
export interface Counted {
  /** How many it stands for. */
  count: number;
  status: string;
  /** Industry of a project, type of an agreement. */
  group: string | null;
  economies: readonly string[];
  /** What they state together; empty if they state none. */
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

export const UNKNOWN = 'unknown';

export function tally(rows: readonly Counted[]): Tally {
  const countOf = (counted: readonly Counted[]): number => counted.reduce((sum, { count }) => sum + count, 0);
  return {
    count: countOf(rows),
    money: addQuantities(rows.flatMap(({ money }) => money)),
    withoutMoney: countOf(rows.filter(({ money }) => money.length === 0)),
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
  return Object.fromEntries([...groupedBy(rows, keysOf)].map(([key, members]) => [key, tally(members)]));
}

/** The rows under each of their keys, in the order of the keys. */
export function groupedBy<R>(rows: readonly R[], keysOf: (row: R) => readonly string[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) {
      const members = groups.get(key);
      if (members) members.push(row);
      else groups.set(key, [row]);
    }
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
