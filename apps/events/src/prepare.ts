import { consumersOf, topics } from '@expo-accord/contracts';
import { migrate } from '@expo-accord/database';
import { createTopics } from '@expo-accord/messaging';
import { type EventsConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';

/** Schema and topics, brought up to date. Safe to run twice and by two at once. */
export async function prepare(config: EventsConfig, log: (line: string) => void): Promise<void> {
  await migrate({ config, entities, migrations, log });
  const own = topics.filter(({ owner }) => owner === 'events');
  await createTopics(config, own, consumersOf('events'), log);
}
