import { type DataSource } from 'typeorm';
import { RELAY_LOCK, relayNameOf } from '../relay/relay-lock';

export interface WaitingMessages {
  readonly topic: string;
  readonly waiting: number;
  readonly oldestSince: Date;
  readonly oldestAgeSeconds: number;
}

/** The database session that empties the outbox. */
export interface RelayOwner {
  readonly pid: number;
  readonly name: string;
  /** Null where it came through a socket of the same machine. */
  readonly host: string | null;
  readonly since: Date;
}

export interface OutboxSummary {
  readonly waiting: number;
  readonly oldestAgeSeconds: number | null;
  readonly topics: readonly WaitingMessages[];
  /** Null while no process of the service runs, or none has taken over yet. */
  readonly relay: RelayOwner | null;
  readonly standingBy: number;
}

/** What is said and not yet sent, and who is to send it. */
export async function outboxSummary(dataSource: DataSource): Promise<OutboxSummary> {
  const topics = await dataSource.query<WaitingMessages[]>(
    `SELECT topic, count(*)::int AS waiting, min(created_at) AS "oldestSince",
       round(extract(epoch FROM clock_timestamp() - min(created_at)))::int AS "oldestAgeSeconds"
     FROM outbox GROUP BY topic ORDER BY min(id)`,
  );
  const sessions = await relaySessions(dataSource);
  const owner = sessions.find(({ owns }) => owns);
  return {
    waiting: topics.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestAgeSeconds: topics.length === 0 ? null : Math.max(...topics.map(({ oldestAgeSeconds }) => oldestAgeSeconds)),
    topics,
    relay: owner === undefined ? null : { pid: owner.pid, name: owner.name, host: owner.host, since: owner.since },
    standingBy: sessions.filter(({ owns }) => !owns).length,
  };
}

async function relaySessions({ options, manager }: DataSource): Promise<(RelayOwner & { owns: boolean })[]> {
  return manager.query(
    `SELECT a.pid, a.application_name AS name, host(a.client_addr) AS host, a.backend_start AS since,
       EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
         AND l.classid = ${RELAY_LOCK}::oid AND l.objsubid = 2) AS owns
     FROM pg_stat_activity a WHERE a.datname = current_database() AND a.application_name = $1
     ORDER BY a.backend_start`,
    [relayNameOf(options)],
  );
}
