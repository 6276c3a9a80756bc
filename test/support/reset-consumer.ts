import { type DataSource, type EntityManager } from 'typeorm';

/**
 * Forgets how far a consumer has come, and what it parked. A running one notices within two seconds and reads from the
 * start. Given an EntityManager it joins that transaction: clear the read model in the same one. It waits for a batch
 * in hand and holds back the next until commit.
 */
export async function resetConsumer(database: DataSource | EntityManager, consumer: string): Promise<void> {
  if ('transaction' in database && !('queryRunner' in database)) {
    await database.transaction((manager) => resetConsumer(manager, consumer));
    return;
  }
  // Positions first, and in order: a consumer holds one while it works on a batch, and touches the rest only under it.
  await database.query(`SELECT 1 FROM consumer_position WHERE consumer = $1 ORDER BY topic, partition FOR UPDATE`, [
    consumer,
  ]);
  await database.query('DELETE FROM consumer_position WHERE consumer = $1', [consumer]);
  await database.query('DELETE FROM consumer_cursor WHERE consumer = $1', [consumer]);
  await database.query('DELETE FROM parked_message WHERE consumer = $1', [consumer]);
}
