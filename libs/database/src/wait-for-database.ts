import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { pendingMigrations } from './pending-migrations';

const RETRY_MS = 500;
const REMIND_EVERY_MS = 10_000;

/** What may pass by itself: nobody listens yet, the name does not resolve yet, the server starts up or is full. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  '57P03',
  '53300',
  '57P01',
]);

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? '';

/** Connects, however long the server takes to come up, and says now and then what it waits for. */
export async function connectWaiting(options: DataSourceOptions, log: (line: string) => void): Promise<DataSource> {
  const say = reminder(log);
  for (;;) {
    try {
      return await new DataSource(options).initialize();
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
      say(`Waiting for the database (${codeOf(error) || 'no connection in time'})`);
    }
    await delay(RETRY_MS);
  }
}

/** Waits until every migration this process was built with has been applied by the migration job. */
export async function waitForMigrations(dataSource: DataSource, log: (line: string) => void): Promise<void> {
  const say = reminder(log);
  for (;;) {
    const pending = await pendingMigrations(dataSource);
    if (pending.length === 0) {
      return;
    }
    say(`Waiting for migrations: ${pending.join(', ')}`);
    await delay(RETRY_MS);
  }
}

function isPassing(error: unknown): boolean {
  return (
    PASSING.has(codeOf(error)) || (error instanceof Error && /timeout|terminated unexpectedly/i.test(error.message))
  );
}

function reminder(log: (line: string) => void): (line: string) => void {
  let saidAt = -Infinity;
  return (line) => {
    if (Date.now() - saidAt >= REMIND_EVERY_MS) {
      saidAt = Date.now();
      log(line);
    }
  };
}
