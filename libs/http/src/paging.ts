import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, isISO8601, IsISO8601, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { type ObjectLiteral, QueryFailedError, type SelectQueryBuilder } from 'typeorm';
import { invalidField, type Problem } from './problem';

const defaultLimit = 50;
const maxLimit = 500;

/** ISO 8601 has weeks, days of the year and offsets that PostgreSQL does not read. */
function inUtc(value: unknown): unknown {
  if (!isISO8601(value, { strict: true })) return value;
  const instant = new Date(value as string);
  return Number.isNaN(instant.getTime()) ? value : instant.toISOString();
}

/** What every list takes in its query. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(maxLimit)
  limit: number = defaultLimit;

  @ApiPropertyOptional({ type: 'string', description: 'The `nextCursor` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(800)
  cursor?: string;

  @ApiPropertyOptional({
    type: 'string',
    format: 'date-time',
    description:
      'Only what changed at or after this instant. Ask with a minute of overlap: what is being written has its instant already, and is there within less',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => inUtc(value))
  @IsISO8601({ strict: true })
  @Matches(/^(?!0000)\d{4}-\d{2}-\d{2}T.*Z$/, { message: 'changedSince must be an RFC 3339 instant' })
  changedSince?: string;

  @ApiPropertyOptional({ type: 'string', example: 'expo-a:77', description: "A caller's own code, `system:id`" })
  @IsOptional()
  @Matches(/^[^:]{1,100}:.{1,200}$/)
  ref?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** `system:id`; the id may contain colons, the system may not. */
export function parseRef(ref: string): { system: string; id: string } {
  const at = ref.indexOf(':');
  return { system: ref.slice(0, at), id: ref.slice(at + 1) };
}

/** A property of the entity that a list is sorted by, never null; rows that agree in it stand in the order of ids. */
export interface PageOrder {
  by: string;
  descending?: boolean;
  /** It is a text, of a hundred characters at most. */
  isText?: boolean;
}

/** Opaque to callers, so that what a list is ordered by can change. */
export function encodeCursor(lastId: string): string {
  return Buffer.from(lastId, 'utf8').toString('base64url');
}

/** Says the place in the list by what the row was then, so that it holds when the row is changed or goes away. */
function encodeSortedCursor({ by }: PageOrder, key: string, lastId: string): string {
  return encodeCursor(`${by} ${lastId} ${key}`);
}

/** PostgreSQL stores no NUL, and reads no date in what has a slash. */
const keyPatterns = { text: /^\P{Cc}{0,100}$/u, other: /^[\w:.+ -]{1,40}$/ };

function decodeSortedCursor({ by, isText }: PageOrder, cursor: string): { id: string; key: string } {
  const [sortedBy, id = '', ...key] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const pattern = isText === true ? keyPatterns.text : keyPatterns.other;
  if (sortedBy !== by || !isId(id) || !pattern.test(key.join(' '))) throw cursorInvalid();
  return { id, key: key.join(' ') };
}

export function decodeCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!isId(id)) throw cursorInvalid();
  return id;
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function cursorInvalid(): Problem {
  return invalidField('/cursor', 'cursor-invalid', 'The cursor is not one that this list gave out.');
}

/** From `limit + 1` rows in the list's order: the page, and whether there is another. */
export function pageOf<T extends { id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last.id) : null };
}

/**
 * One page of a query, in the order of ids (UUIDv7: the order of creation) or in another. Whoever goes through all pages
 * meets each row that was there when they began once, while others are added; one that moves, because what it is sorted
 * by is changed meanwhile, is met where it then stands. The entity needs the property `id`; one without `updatedAt` or
 * `externalRefs` is not asked by `changedSince` or `ref` (422).
 */
export async function paginate<T extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<T>,
  page: PageQuery,
  order?: PageOrder,
): Promise<Page<T>> {
  const { alias } = query;
  if (page.changedSince !== undefined) {
    assertKept(query, 'updatedAt', 'changedSince');
    query.andWhere(`${alias}.updatedAt >= :pageSince`, { pageSince: page.changedSince });
  }
  if (page.ref !== undefined) {
    assertKept(query, 'externalRefs', 'ref');
    query.andWhere(`${alias}.externalRefs @> :pageRef`, { pageRef: JSON.stringify([parseRef(page.ref)]) });
  }
  if (order !== undefined) return sortedPage(query, page, order);
  if (page.cursor !== undefined) query.andWhere(`${alias}.id > :pageAfter`, { pageAfter: decodeCursor(page.cursor) });
  const rows = await query
    .orderBy(`${alias}.id`, 'ASC')
    .take(page.limit + 1)
    .getMany();
  return pageOf(rows, page.limit);
}

/** Rows that have neither changes nor codes of callers cannot be asked for by them. */
function assertKept<T extends ObjectLiteral>(query: SelectQueryBuilder<T>, property: string, parameter: string): void {
  if (query.expressionMap.mainAlias?.metadata.findColumnWithPropertyName(property)) return;
  throw invalidField(`/${parameter}`, 'unknown-field', `This list cannot be narrowed by ${parameter}.`);
}

async function sortedPage<T extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<T>,
  { cursor, limit }: PageQuery,
  order: PageOrder,
): Promise<Page<T>> {
  const id = `${query.alias}.id`;
  const key = `${query.alias}.${order.by}`;
  const direction = order.descending === true ? 'DESC' : 'ASC';
  if (cursor !== undefined) {
    const after = decodeSortedCursor(order, cursor);
    const beyond = order.descending === true ? '<' : '>';
    query.andWhere(`(${key}, ${id}) ${beyond} (:pageKey, :pageAfter)`, { pageKey: after.key, pageAfter: after.id });
  }
  const { entities, raw } = await query
    .addSelect(`CAST(${key} AS text)`, 'page_key')
    .orderBy(key, direction)
    .addOrderBy(id, direction)
    .limit(limit + 1)
    .getRawAndEntities<{ page_key: string }>()
    .catch((error: unknown) => {
      throw isUnreadableKey(error) ? cursorInvalid() : error;
    });
  const items = entities.slice(0, limit);
  const last = items.at(-1);
  const lastKey = raw[limit - 1]?.page_key;
  const more = entities.length > limit && last !== undefined && lastKey !== undefined;
  return { items, nextCursor: more ? encodeSortedCursor(order, lastKey, last.id) : null };
}

/** PostgreSQL's "invalid datetime format" and "datetime field overflow", which only a cursor made up can cause. */
function isUnreadableKey(error: unknown): boolean {
  const code = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
  return code === '22007' || code === '22008';
}
