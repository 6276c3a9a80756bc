/** Runs one statement in a service's schema. */
export type Query = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;

/** Every table of the schema in which one of these words stands, in whatever column, sorted. None of them has a quote in it. */
export async function tablesWith(query: Query, words: readonly string[]): Promise<string[]> {
  const tables = await query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename',
  );
  // As a text a row shows bytes in hexadecimal digits.
  const written = words.flatMap((word) => [word, Buffer.from(word).toString('hex')]);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query(
      `SELECT 1 FROM "${name}" AS t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS w WHERE position(w IN t::text) > 0) LIMIT 1`,
      [written],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
