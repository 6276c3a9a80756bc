import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { databaseSettings, dataSourceOptions } from '@expo-accord/database';
import { consumerLag, type KafkaConfig, kafkaSettings, messagingEntities, outboxSummary } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { DataSource } from 'typeorm';
import { projectRoot } from '../../deploy/local/project-root';
import { type LocalStack } from '../../deploy/local/stack';
import { until } from './until';

/** Those that speak and hear. */
export const speakers = ['events', 'registrations', 'agreements', 'notifications'] as const satisfies ServiceName[];

/** Runs `work` on the database of a service, as its role, with the settings by which Kafka is asked about anything. */
export async function onDatabaseOf<T>(
  stack: LocalStack,
  service: ServiceName,
  work: (dataSource: DataSource, kafka: KafkaConfig) => Promise<T>,
): Promise<T> {
  const config = readSettings(databaseSettings, stack.settingsOf(service));
  const dataSource = new DataSource(dataSourceOptions({ ...config, DATABASE_POOL_SIZE: 3 }, messagingEntities, []));
  await dataSource.initialize();
  try {
    return await work(dataSource, readSettings(kafkaSettings, stack.kafkaSettingsOf('admin')));
  } finally {
    await dataSource.destroy();
  }
}

/** Waits until all that was said was heard by everybody, and all that was to be told was told. */
export async function untilAtRest(stack: LocalStack): Promise<void> {
  await until(
    () => unrest(stack),
    (what) => what.length === 0,
  );
}

async function unrest(stack: LocalStack): Promise<string[]> {
  const found: string[] = [];
  for (const service of speakers) {
    const { waiting } = await onDatabaseOf(stack, service, outboxSummary);
    if (waiting > 0) found.push(`${waiting} in the outbox of ${service}`);
  }
  for (const service of speakers) {
    for (const { consumer, topic, behind } of await onDatabaseOf(stack, service, consumerLag)) {
      if (behind > 0) found.push(`${consumer} is ${behind} behind on ${topic}`);
    }
  }
  const undelivered = await onDatabaseOf(stack, 'notifications', (dataSource) =>
    dataSource.query<unknown[]>(`SELECT 1 FROM delivery WHERE status IN ('waiting', 'pending')`),
  );
  return undelivered.length === 0 ? found : [...found, `${undelivered.length} deliveries`];
}

export interface Operated {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the compiled `expo-accord` with the settings of a service. */
export async function operate(stack: LocalStack, service: ServiceName, ...args: string[]): Promise<Operated> {
  const main = join(projectRoot(), 'dist/apps/cli/src/main.js');
  return await new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: stack.settingsOf(service) }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}
