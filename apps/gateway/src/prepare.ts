import { migrate } from '@expo-accord/database';
import { type GatewayConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';

/** The schema, brought up to date. Safe to run twice and by two at once. */
export async function prepare(config: GatewayConfig, log: (line: string) => void): Promise<void> {
  await migrate({ config, entities, migrations, log });
}
