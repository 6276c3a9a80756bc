import { consumersOf, topics } from '@expo-accord/contracts';
import { migrate } from '@expo-accord/database';
import { createTopics } from '@expo-accord/messaging';
import { type NotificationsConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';

/** Schema and topics, brought up to date. Safe to run twice and by two at once. */
export async function prepare(config: NotificationsConfig, log: (line: string) => void): Promise<void> {
  await migrate({ config, entities, migrations, log });
  const own = topics.filter(({ owner }) => owner === 'notifications');
  await createTopics(config, own, consumersOf('notifications'), log);
}
