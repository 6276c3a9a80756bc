import { searchKeyOf } from '@expo-accord/values';
import { type RecordAnswer, type RecordBody } from './record.dto';
import { type RecordEntity } from './record.entity';
import { type Resource } from './resource';

/** A row's columns as a body sets them: named fields in columns of their own, the rest in `details`. */
export function columnsOf<B extends RecordBody, E extends RecordEntity>(
  resource: Resource<B, E>,
  body: B,
): Partial<RecordEntity> {
  const details: Record<string, unknown> = {};
  const columns: Record<string, unknown> = { ...(resource.columns as Record<string, unknown>) };
  for (const [field, value] of Object.entries(body)) {
    if (value === undefined || field === 'externalRefs') continue;
    // A null in the details says that a source leaves it open, and comes back; a column has its own nothing.
    if (!(field in columns)) details[field] = value;
    else if (value !== null) columns[field] = value;
  }
  const derived = resource.derived?.(body);
  return {
    ...columns,
    ...derived,
    details,
    externalRefs: body.externalRefs ?? [],
    searchText: searchTextOf(resource, body),
  };
}

/** The body that would make this row: what a merge patch applies to. */
export function bodyOf<B extends RecordBody, E extends RecordEntity>(resource: Resource<B, E>, row: E): B {
  const named = Object.fromEntries(
    Object.keys(resource.columns).map((name) => [name, row[name as keyof E] as unknown]),
  );
  const given = Object.entries(named).filter(([, value]) => value !== null);
  return { ...row.details, ...Object.fromEntries(given), externalRefs: row.externalRefs } as unknown as B;
}

export function answerOf<B extends RecordBody, E extends RecordEntity>(
  resource: Resource<B, E>,
  row: E,
): B & RecordAnswer {
  const shown = [...Object.keys(resource.columns), ...resource.readOnly] as (keyof E)[];
  return {
    id: row.id,
    ...Object.fromEntries(shown.map((name) => [name, row[name]])),
    ...row.details,
    externalRefs: row.externalRefs,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  } as unknown as B & RecordAnswer;
}

/** One line per text, with and without the gaps between words, so that `Kim Minsu` finds Kim Min-su. */
export function searchTextOf<B extends RecordBody, E extends RecordEntity>(resource: Resource<B, E>, body: B): string {
  const keys = resource.searchTexts(body).map(searchKeyOf);
  return [...new Set(keys.flatMap((key) => [key, key.replaceAll(' ', '')]))].filter((key) => key !== '').join('\n');
}

/**
 * A LIKE pattern that finds the query anywhere in a search text, wherever its writer sets spaces; null for a query
 * without a letter or digit.
 */
export function searchPattern(query: string): string | null {
  const key = searchKeyOf(query).replaceAll(' ', '');
  return key === '' ? null : `%${key}%`;
}
