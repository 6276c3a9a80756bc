import { type DataSourceOptions } from 'typeorm';

/** SQL for the first key of the advisory lock that only the outbox's owner holds; the second is the shard. */
export const RELAY_LOCK = `hashtext('outbox relay ' || current_schema())`;

/** By which PostgreSQL knows the sessions of relays, owner and stand-bys alike. */
export function relayNameOf(options: DataSourceOptions): string {
  const name = options.type === 'postgres' ? options.applicationName : undefined;
  return `${name ?? ''} relay`.trim();
}
