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
  const dataSource = await databaseOf(stack, service);
  try {
    return await work(dataSource, kafkaOf(stack));
  } finally {
    await dataSource.destroy();
  }
}

async function databaseOf(stack: LocalStack, service: ServiceName): Promise<DataSource> {
  const config = readSettings(databaseSettings, stack.settingsOf(service));
  return new DataSource(dataSourceOptions({ ...config, DATABASE_POOL_SIZE: 3 }, messagingEntities, [])).initialize();
}

function kafkaOf(stack: LocalStack): KafkaConfig {
  return readSettings(kafkaSettings, stack.kafkaSettingsOf('admin'));
}

/** Waits until all that was said was heard by everybody, and all that was to be told was told. */
export async function untilAtRest(stack: LocalStack): Promise<void> {
  const databases = await Promise.all(speakers.map((service) => databaseOf(stack, service)));
  try {
    await until(
      () => unrest(databases, kafkaOf(stack)),
      (what) => what === null,
    );
  } finally {
    await Promise.all(databases.map((database) => database.destroy()));
  }
}

/** The first that is found, in the order in which one leads to the next. */
async function unrest(databases: readonly DataSource[], kafka: KafkaConfig): Promise<string | null> {
  for (const [at, database] of databases.entries()) {
    const { waiting } = await outboxSummary(database);
    if (waiting > 0) return `${waiting} in the outbox of ${String(speakers[at])}`;
  }
  for (const database of databases) {
    for (const { consumer, topic, behind } of await consumerLag(database, kafka)) {
      if (behind > 0) return `${consumer} is ${behind} behind on ${topic}`;
    }
  }
  const notifications = databases[speakers.indexOf('notifications')];
  const undelivered = await notifications?.query<unknown[]>(
    `SELECT 1 FROM delivery WHERE status IN ('waiting', 'pending')`,
  );
  return undelivered?.length === 0 ? null : `${String(undelivered?.length)} deliveries`;
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
