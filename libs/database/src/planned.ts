import { type ClientBase, type QueryResult, type QueryResultRow } from 'pg';
import { type EntityManager, type QueryRunner } from 'typeorm';

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
  return (await ask<Row>(manager.queryRunner, name, text, values)).rows;
}

/** The same for what returns nothing: how many rows it wrote. */
export async function plannedWrite(
  { queryRunner }: EntityManager,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<number> {
  if (queryRunner === undefined) throw new Error(`"${name}" is for a transaction`);
  return (await ask(queryRunner, name, text, values)).rowCount ?? 0;
}

async function ask<Row extends QueryResultRow>(
  runner: QueryRunner,
  name: string | undefined,
  text: string,
  values: readonly unknown[],
): Promise<QueryResult<Row>> {
  const client = (await runner.connect()) as ClientBase;
  return client.query<Row>({ ...(name !== undefined && { name }), text, values: [...values] });
}
