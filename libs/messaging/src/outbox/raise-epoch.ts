import { type DataSource } from 'typeorm';

/**
 * To be called once after a database was restored from a backup, before the service starts: the numbers that streams
 * gave out after the backup are given out again, and only a higher epoch keeps them from being taken for duplicates.
 */
export async function raiseEpoch(dataSource: DataSource): Promise<void> {
  await dataSource.query('UPDATE message_epoch SET epoch = epoch + 1');
}
