import { isDeepStrictEqual } from 'node:util';
import { expectedEffects, keyColumns } from './effects';
import { grouped } from './grouped';
import { type Endpoint, type Finding, type Row, type Said } from './history';

/** Every consumer's tables hold what a fold of the topics gives, row for row. */
export function checkEffects(
  said: readonly Said[],
  endpoints: readonly Endpoint[],
  effects: Readonly<Record<string, readonly Row[]>>,
): Finding[] {
  const expected = expectedEffects(said, endpoints);
  return Object.entries(keyColumns).flatMap(([table, columns]) =>
    tableFindings(table, columns, expected[table] ?? [], effects[table] ?? []),
  );
}

function tableFindings(
  table: string,
  columns: readonly string[],
  expected: readonly Row[],
  actual: readonly Row[],
): Finding[] {
  const keyOf = (row: Row): string => columns.map((column) => String(row[column])).join(' ');
  const wanted = grouped(expected, keyOf);
  const there = grouped(actual, keyOf);
  return [...new Set([...wanted.keys(), ...there.keys()])].flatMap((key): Finding[] => {
    const [row] = there.get(key) ?? [];
    const [fold] = wanted.get(key) ?? [];
    const about = `${table} ${key}`;
    if (row === undefined) return [{ kind: 'loss', about, detail: 'follows from the topic and is not there' }];
    if (fold === undefined)
      return [{ kind: 'difference', about, detail: 'is there and does not follow from the topic' }];
    const times = there.get(key)?.length ?? 0;
    if (times > 1) return [{ kind: 'double', about, detail: `is there ${times} times` }];
    return [...new Set([...Object.keys(fold), ...Object.keys(row)])]
      .filter((column) => !isDeepStrictEqual(row[column], fold[column]))
      .map((column) => ({
        kind: 'difference',
        about,
        // Copies may hold who a person is, and findings are shown.
        detail: table.endsWith('.contact')
          ? `${column} differs`
          : `${column} is ${JSON.stringify(row[column])}, and follows as ${JSON.stringify(fold[column])}`,
      }));
  });
}
