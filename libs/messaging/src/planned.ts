import { type ClientBase, type QueryResultRow } from 'pg';
import { type EntityManager } from 'typeorm';

/**
 * Runs a statement of the transaction that PostgreSQL plans once for each connection, and not at each call, which takes it
 * longer than to do what these short ones ask for. The same name always means the same text.
 */
export async function planned<Row extends QueryResultRow>(
  manager: EntityManager,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const client = (await manager.queryRunner?.connect()) as ClientBase;
  const { rows } = await client.query<Row>({ name, text, values: [...values] });
  return rows;
}
