import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

type Pages = AsyncIterable<readonly object[]>;

/**
 * The items of all pages as a CSV file that Excel opens rightly, made as it is read: UTF-8 with a byte order mark, CRLF,
 * and an apostrophe before what Excel would take for a formula. A column names a field, with dots for a field in a field
 * and numbers for items of a list, as the columns of an import do: what was exported can be corrected and imported.
 */
export function csvFile(columns: readonly string[], pages: Pages): Readable {
  const paths = columns.map((column) => column.split('.'));
  const file = stringify({
    header: true,
    columns: [...columns],
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  const records = async function* (): AsyncGenerator<string[]> {
    for await (const page of pages) {
      for (const item of page) yield paths.map((path) => cellAt(item, path));
    }
  };
  return pipeline(Readable.from(records()), file, () => undefined);
}

/** The columns that the items need: those named first, and then each other field that one of them has. */
export async function columnsOf(first: readonly string[], pages: Pages): Promise<string[]> {
  const columns = new Set(first);
  for await (const page of pages) for (const item of page) addLeaves(columns, item, '');
  return [...columns];
}

/** A field with a dot in its name could not be told from a field in a field, and has no column. */
function addLeaves(columns: Set<string>, value: unknown, at: string): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') {
    columns.add(at);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (!name.includes('.')) addLeaves(columns, inner, at === '' ? name : `${at}.${name}`);
  }
}

function cellAt(value: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    value,
  );
  if (found === undefined || found === null) return '';
  return typeof found === 'string' ? found : JSON.stringify(found);
}
