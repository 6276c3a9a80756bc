import { resetConsumer } from '@expo-accord/messaging';
import { type DataSource } from 'typeorm';
import { statisticsConsumer } from './statistics.names';

/** Forgets everything counted and reads all messages again. Until that is done the figures are too low. */
export async function rebuildStatistics(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (manager) => {
    // The consumer first: it waits for a batch in hand, which would otherwise count into the emptied tallies.
    await resetConsumer(manager, statisticsConsumer);
    await manager.query('TRUNCATE counted_registrations, counted_project, counted_agreement');
  });
}
