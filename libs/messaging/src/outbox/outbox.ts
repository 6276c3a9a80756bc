import { placeInHeaders, toHeaders } from '@expo-accord/contracts';
import { newId, planned, Transactions } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { currentCause } from './current-cause';
import { encodedData, type OutgoingMessage } from './outgoing-message';
import { RelayBell } from './relay-bell';

/** Where a message stands in its aggregate's stream. */
export interface AppendedMessage {
  readonly source: string;
  readonly epoch: number;
  readonly sequence: number;
}

/** A connection keeps a plan for each number of rows, up to this. */
const ROWS_AT_ONCE = 20;

/** What a service says, written in the transaction that made it true. */
@Injectable()
export class Outbox {
  constructor(
    private readonly transactions: Transactions,
    private readonly bell: RelayBell,
  ) {}

  /**
   * Appends in the order given, in one exchange with PostgreSQL. Call it once in a transaction, at its end: the streams stay locked
   * until commit, and two calls in opposite order of streams could wait for each other.
   * @throws ContractViolation for a message too large to travel.
   */
  async append(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<AppendedMessage[]> {
    if (messages.length === 0) return [];
    const values = messages.map(encodedData);
    this.transactions.afterCommit(() => {
      this.bell.ring();
    });
    // All begun before anything is awaited: COMMIT may be sent as soon as this is (`Transactions.last`).
    const statements: Promise<AppendedMessage[]>[] = [];
    if (messages.length > ROWS_AT_ONCE) statements.push(lockStreams(manager, messages));
    for (let from = 0; from < messages.length; from += ROWS_AT_ONCE) {
      const to = from + ROWS_AT_ONCE;
      statements.push(insertRows(manager, messages.slice(from, to), values.slice(from, to)));
    }
    return (await Promise.all(statements)).flat();
  }
}

/** Those of one statement are locked in order already; where there are several, all that exist are locked before. */
async function lockStreams(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<[]> {
  await planned(
    manager,
    undefined,
    'SELECT FROM message_stream WHERE source = ANY ($1::text[]) ORDER BY source FOR UPDATE',
    [[...countedSources(messages).keys()]],
  );
  return [];
}

/** How many messages each source has, in the one order in which streams are locked: two appends never wait for each other. */
function countedSources(messages: readonly OutgoingMessage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of messages) counts.set(source, (counts.get(source) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Takes the next numbers of each source and writes them into the headers. The row lock this leaves is held until commit and
 * taken before any outbox id is drawn: so a stream's ids are in commit order, and its numbers have no gaps (a rollback gives
 * them back). It also gives the transaction its number before it draws an id, on which the relay relies (see emptied-part.ts).
 */
async function insertRows(
  manager: EntityManager,
  messages: readonly OutgoingMessage[],
  values: readonly (string | null)[],
): Promise<AppendedMessage[]> {
  const counts = countedSources(messages);
  const toCome = new Map(counts);
  const rows = messages.map((message, at) => {
    const behind = (toCome.get(message.source) ?? 1) - 1;
    toCome.set(message.source, behind);
    const { topic, partitionKey, source } = message;
    return [topic.name, partitionKey, JSON.stringify(headersOf(message)), values[at], source, behind];
  });
  const appended = await planned<Record<keyof AppendedMessage, string>>(
    manager,
    `append ${rows.length} to outbox`,
    insertOf(rows.length),
    [[...counts.keys()], [...counts.values()], ...rows.flat()],
  );
  return appended.map(({ source, epoch, sequence }) => ({ source, epoch: Number(epoch), sequence: Number(sequence) }));
}

/**
 * With $1 the sources and $2 how many messages each has. Each row knows how many of its source come after it. Ids are drawn in
 * the order of the rows, once all places are taken. Each value is a parameter of its own: quoted into arrays, texts full of
 * quotes cost both sides twice the time.
 */
function insertOf(rows: number): string {
  const tuples = Array.from({ length: rows }, (_, at) => {
    const [topic, key, headers, value, source, behind] = [3, 4, 5, 6, 7, 8].map((nth) => `$${6 * at + nth}`);
    return `(${topic}, ${key}, ${headers}::jsonb, ${value}, ${source}, ${behind}::int, ${at})`;
  });
  const { epoch, sequence } = placeInHeaders;
  return `
    WITH taken AS (
      INSERT INTO message_stream (source, last_sequence)
      SELECT source, count FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS asked (source, count, place) ORDER BY place
      ON CONFLICT (source) DO UPDATE SET last_sequence = message_stream.last_sequence + EXCLUDED.last_sequence
      RETURNING source, last_sequence AS last, (SELECT epoch FROM message_epoch) AS epoch)
    INSERT INTO outbox (topic, message_key, headers, value)
    SELECT topic, key, headers || jsonb_build_object(
             '${epoch.header}', lpad(epoch::text, ${epoch.digits}, '0'),
             '${sequence.header}', lpad((last - behind)::text, ${sequence.digits}, '0')),
           convert_to(value, 'UTF8')
      FROM (VALUES ${tuples.join(', ')}) AS row (topic, key, headers, value, source, behind, place)
      JOIN taken USING (source) ORDER BY place
    RETURNING headers ->> 'ce_source' AS source, headers ->> '${epoch.header}' AS epoch,
              headers ->> '${sequence.header}' AS sequence`;
}

/** But for its place, which only PostgreSQL knows. */
function headersOf(message: OutgoingMessage): Record<string, string> {
  const cause = message.causedBy ?? currentCause();
  const correlationId = cause?.correlationId ?? newId();
  return toHeaders({
    id: message.id,
    source: message.source,
    type: message.type,
    subject: message.subject,
    time: message.time,
    partitionKey: message.partitionKey,
    tenantId: message.tenantId,
    correlationId,
    causationId: cause?.id ?? correlationId,
    ...(cause?.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
    epoch: 0,
    sequence: 0,
  });
}
