import { type ClientBase, type QueryResultRow } from 'pg';
import { type EntityManager } from 'typeorm';

/**
 * Runs a statement of the transaction that PostgreSQL plans once for each connection, and not at each call, which takes it
 * longer than to do what these short ones ask for. The same name always means the same text; without a name it is planned
 * at each call, which is better where the plan depends on how large a table has become.
 *
 * Statements that were begun one after the other, without waiting for the first, travel together and run in that order.
 */
export async function planned<Row extends QueryResultRow>(
  manager: EntityManager,
  name: string | undefined,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  if (manager.queryRunner === undefined) return manager.query<Row[]>(text, [...values]);
  const client = (await manager.queryRunner.connect()) as ClientBase;
  const { rows } = await client.query<Row>({ ...(name !== undefined && { name }), text, values: [...values] });
  return rows;
}
