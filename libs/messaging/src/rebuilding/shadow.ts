import { type DataSource, type EntityManager } from 'typeorm';
import { columnsOf, quoted } from './columns';
import { type ReadModel, RebuildRefused } from './read-model';

/** What is kept for a consumer beside its read model, and what is said while messages are taken. */
const OF_MESSAGING = ['consumer_position', 'consumer_cursor', 'parked_message', 'outbox', 'message_stream'];

/**
 * Leaves the process one database session, in which nothing can be written but temporary tables. PostgreSQL sees to it:
 * handlers, and whatever they call, may do as they please. A session that took the lost one's place would find no
 * temporary tables and could write nothing at all.
 */
export async function confine(dataSource: DataSource): Promise<void> {
  const { extra } = dataSource.options as { extra: { options: string } };
  await dataSource.destroy();
  const confined = {
    // Unqualified names are looked for among temporary tables first.
    schema: undefined,
    poolSize: 1,
    extra: {
      ...extra,
      options: `${extra.options} -c default_transaction_read_only=on -c temp_buffers=64MB -c jit=off`,
      idleTimeoutMillis: 0,
      // It reads and switches for as long as that takes.
      onConnect: undefined,
    },
  };
  dataSource.setOptions(confined);
  await dataSource.initialize();
}

/**
 * Makes an empty copy of each table that the consumer's handlers write, under the same name and seen by this session
 * alone. Whatever ends the session takes them away.
 * @throws RebuildRefused when another session rebuilds the same.
 */
export async function castShadow(
  dataSource: DataSource,
  schema: string,
  consumer: string,
  { tables, effects = [] }: ReadModel,
): Promise<void> {
  const [lock] = await dataSource.query<{ taken: boolean }[]>(
    `SELECT pg_try_advisory_lock(hashtext('rebuild ' || $1), hashtext($2)) AS taken`,
    [schema, consumer],
  );
  if (lock?.taken !== true) {
    throw new RebuildRefused(`${consumer} is being rebuilt already.`);
  }
  await dataSource.transaction(async (manager) => {
    await manager.query('SET TRANSACTION READ WRITE');
    for (const table of [...OF_MESSAGING, ...tables, ...effects]) {
      await manager.query(
        `CREATE TEMPORARY TABLE ${quoted(table)} (LIKE ${quoted(schema)}.${quoted(table)} INCLUDING ALL)`,
      );
      await drawFromOwnSequences(manager, table);
    }
  });
}

/** A copied default draws from the serving table's sequence; an identity column has got one of its own. */
async function drawFromOwnSequences(manager: EntityManager, table: string): Promise<void> {
  for (const { name, isDrawn } of await columnsOf(manager, `pg_temp.${quoted(table)}`)) {
    if (!isDrawn) continue;
    const sequence = quoted(`${table}_${name}_drawn`);
    await manager.query(`CREATE TEMPORARY SEQUENCE ${sequence}`);
    await manager.query(
      `ALTER TABLE pg_temp.${quoted(table)} ALTER ${quoted(name)} SET DEFAULT nextval('pg_temp.${sequence}')`,
    );
  }
}
