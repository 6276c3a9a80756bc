import { type EntityManager } from 'typeorm';

export interface Column {
  readonly name: string;
  readonly isKey: boolean;
  /** Drawn from a sequence by default, so that two copies of a row never agree on it. */
  readonly isDrawn: boolean;
  /** Drawn, or the time of writing by default: no message told it, so it is no part of what a read model says. */
  readonly isOwn: boolean;
}

/** Of a table, by its name as SQL takes it, in their order; without those that are computed from others. */
export async function columnsOf(manager: EntityManager, table: string): Promise<Column[]> {
  return manager.query<Column[]>(
    `SELECT name, "isKey", "isDrawn", NOT "isKey" AND ("isDrawn" OR preset = 'now()') AS "isOwn" FROM (
       SELECT a.attname AS name, a.attnum, pg_get_expr(d.adbin, d.adrelid) AS preset,
         coalesce(a.attnum = ANY (i.indkey), false) AS "isKey",
         coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', false) AS "isDrawn"
       FROM pg_attribute a
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
       WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS found
     ORDER BY attnum`,
    [table],
  );
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
