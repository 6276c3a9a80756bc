import { auditEntities } from '@expo-accord/audit';
import { type DatabaseConfig, dataSourceOptions } from '@expo-accord/database';
import { messagingEntities } from '@expo-accord/messaging';
import { describeError } from '@expo-accord/observability';
import { DataSource } from 'typeorm';
import { databaseConfig } from './config';

/** The database does not answer, or refuses. The message is a sentence for the person at the terminal. */
export class DatabaseTrouble extends Error {
  override readonly name = 'DatabaseTrouble';
}

const UNDEFINED_TABLE = '42P01';

/**
 * Runs `work` on the database of the service whose settings these are.
 * @throws DatabaseTrouble
 */
export async function withDatabase<T>(work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const config = databaseConfig();
  const dataSource = new DataSource(dataSourceOptions(config, [...messagingEntities, ...auditEntities], []));
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new DatabaseTrouble(`The database at ${placeOf(config)} cannot be reached (${reasonOf(error)}).`);
  }
  try {
    return await work(dataSource);
  } catch (error) {
    throw isOfDatabase(error) ? troubleOf(config, error) : error;
  } finally {
    await dataSource.destroy().catch(() => undefined);
  }
}

/** Host and name alone: the URL holds a password. */
function placeOf({ DATABASE_URL: url }: DatabaseConfig): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function troubleOf(config: DatabaseConfig, error: unknown): DatabaseTrouble {
  const reason =
    describeError(error).code === UNDEFINED_TABLE
      ? `schema ${config.DATABASE_SCHEMA} has no such tables; run its migrate program, or look at DATABASE_SCHEMA`
      : reasonOf(error);
  return new DatabaseTrouble(`The database at ${placeOf(config)} did not do it (${reason}).`);
}

function isOfDatabase(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'driverError' in error;
}

/** Refused connections come as one error with several inside, and then only the code says what happened. */
function reasonOf(error: unknown): string {
  const { message, code } = describeError(error);
  return message === '' ? (code ?? 'unknown error') : message;
}
