import { type TestDatabase } from './infrastructure';

/**
 * What the tables say: each row as canonical text, in an order that follows from the rows alone. Left out is what two
 * copies never agree on, because no message told it: when a row was written, and what was drawn from a sequence.
 */
export async function readModelDump(db: Pick<TestDatabase, 'query'>, tables: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const table of tables) {
    const rows = await db.query<{ line: string }>(
      `SELECT (to_jsonb(row) - ARRAY(
         SELECT column_name::text FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1
           AND (column_default = 'now()' OR column_default LIKE 'nextval(%')))::text COLLATE "C" AS line
       FROM "${table}" row ORDER BY line`,
      [table],
    );
    lines.push(...rows.map(({ line }) => `${table} ${line}`));
  }
  return lines;
}
