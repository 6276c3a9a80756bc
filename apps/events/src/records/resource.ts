import { type LocalizedText, type Problem } from '@expo-accord/values';
import { type RecordBody } from './record.dto';
import { type RecordEntity } from './record.entity';

export type TableName = 'series' | 'event' | 'organization' | 'person' | 'participation' | 'session' | 'place' | 'zone';

/** A resource whose items belong to one item of another. */
export interface ChildResource<B extends RecordBody, E extends RecordEntity> extends Resource<B, E> {
  parent: { table: TableName; what: string; column: keyof E & string };
}

/** An id in a body that must belong to a record of the same tenant. */
export interface Reference {
  pointer: string;
  table: TableName;
  id: string;
}

/** How one resource's body maps to its row; everything not named here is kept in `details`. */
export interface Resource<B extends RecordBody, E extends RecordEntity> {
  /** The name used in errors and for the uniqueness of external references. */
  what: string;
  /** The path under /v1. */
  path: string;
  entity: new () => E;
  body: new () => B;
  /** Body fields that have a column of their own, with what stands there when the body says nothing. */
  columns: Partial<Record<keyof B & keyof E & string, unknown>>;
  /** Columns the answer shows but a body cannot set. */
  readOnly: (keyof E & string)[];
  references: (body: B) => Reference[];
  /** Columns that no body names and that follow from it, such as the days that a list is sorted by. */
  derived?: (body: B) => Partial<E>;
  /** What is wrong between fields, each of which is well by itself. `before` is what a change changes. */
  contradictions?: (body: B, before?: B) => Problem[];
  searchTexts: (body: B) => string[];
}

export function reference(pointer: string, table: TableName, id: string | null | undefined): Reference[] {
  return id === null || id === undefined ? [] : [{ pointer, table, id }];
}

/** References of a list's items: `/hosts/items/0/organizationId` and so on. */
export function referencesIn<T>(
  pointer: string,
  items: readonly T[] | null | undefined,
  of: (item: T, pointer: string) => Reference[],
): Reference[] {
  return (items ?? []).flatMap((item, index) => of(item, `${pointer}/${index}`));
}

export function organizationsIn(
  pointer: string,
  list: { items: readonly { organizationId?: string | null }[] } | null | undefined,
): Reference[] {
  return referencesIn(`${pointer}/items`, list?.items, (item, at) =>
    reference(`${at}/organizationId`, 'organization', item.organizationId),
  );
}

export function namesToSearch(body: { names: LocalizedText; aliases?: { names: LocalizedText }[] }): string[] {
  return [body, ...(body.aliases ?? [])].flatMap(({ names }) => Object.values(names.texts));
}

export function postsIn(
  pointer: string,
  posts: readonly { organizationId?: string | null }[] | null | undefined,
): Reference[] {
  return referencesIn(pointer, posts, ({ organizationId }, at) =>
    reference(`${at}/organizationId`, 'organization', organizationId),
  );
}

export const underEvent = { table: 'event', what: 'event', column: 'eventId' } as const;
