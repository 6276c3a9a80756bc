import { toHeaders } from '@expo-accord/contracts';
import { newId, planned, Transactions } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { currentCause } from './current-cause';
import { encodedData, type OutgoingMessage } from './outgoing-message';
import { RelayBell } from './relay-bell';

export interface AppendedMessage {
  readonly id: string;
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
   * Appends in the order given: one statement, and another for each twenty messages. Call it once in a transaction, at its end:
   * the streams stay locked until commit, and two calls in opposite order of streams could wait for each other.
   * @throws ContractViolation for a message too large to travel.
   */
  async append(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<AppendedMessage[]> {
    if (messages.length === 0) {
      return [];
    }
    const values = messages.map(encodedData);
    const appended = await takePlaces(manager, messages);
    const headers = messages.map((message, at) => headersOf(message, appended[at] as AppendedMessage));
    await insertRows(manager, messages, headers, values);
    this.transactions.afterCommit(() => {
      this.bell.ring();
    });
    return appended;
  }
}

/**
 * Takes the next numbers of each source. The row lock this leaves is held until commit and taken before any outbox
 * id is drawn: so a stream's ids are in commit order, and its numbers have no gaps (a rollback gives them back). It also
 * gives the transaction its number before it draws an id, on which the relay relies (see emptied-part.ts).
 */
async function takePlaces(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<AppendedMessage[]> {
  const counts = new Map<string, number>();
  for (const { source } of messages) {
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  // Always locked in the same order, so that two appends of several streams never wait for each other.
  const sources = [...counts.keys()].sort();
  const rows = await planned<{ source: string; last: string; epoch: number }>(
    manager,
    'take places',
    `INSERT INTO message_stream (source, last_sequence)
     SELECT source, count FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS taken (source, count, place) ORDER BY place
     ON CONFLICT (source) DO UPDATE SET last_sequence = message_stream.last_sequence + EXCLUDED.last_sequence
     RETURNING source, last_sequence AS last, (SELECT epoch FROM message_epoch) AS epoch`,
    [sources, sources.map((source) => counts.get(source))],
  );
  const next = new Map(rows.map(({ source, last }) => [source, Number(last) - (counts.get(source) ?? 0) + 1]));
  const epoch = rows[0]?.epoch ?? 1;
  return messages.map(({ id, source }) => {
    const sequence = next.get(source) ?? 1;
    next.set(source, sequence + 1);
    return { id, source, epoch, sequence };
  });
}

function headersOf(message: OutgoingMessage, place: AppendedMessage): Record<string, string> {
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
    epoch: place.epoch,
    sequence: place.sequence,
  });
}

async function insertRows(
  manager: EntityManager,
  messages: readonly OutgoingMessage[],
  headers: readonly Record<string, string>[],
  values: readonly (string | null)[],
): Promise<void> {
  for (let from = 0; from < messages.length; from += ROWS_AT_ONCE) {
    const rows = messages.slice(from, from + ROWS_AT_ONCE);
    await planned(
      manager,
      `append ${rows.length} to outbox`,
      insertOf(rows.length),
      rows.flatMap(({ topic, partitionKey }, at) => [
        topic.name,
        partitionKey,
        JSON.stringify(headers[from + at]),
        values[from + at],
      ]),
    );
  }
}

/**
 * Ids are drawn in the order of the rows. Each value is a parameter of its own: quoted into arrays, texts full of quotes
 * cost both sides twice the time.
 */
function insertOf(rows: number): string {
  const tuples = Array.from({ length: rows }, (_, at) => {
    const [topic, key, headers, value] = [1, 2, 3, 4].map((nth) => `$${4 * at + nth}`);
    return `(${topic}, ${key}, ${headers}, convert_to(${value}, 'UTF8'))`;
  });
  return `INSERT INTO outbox (topic, message_key, headers, value) VALUES ${tuples.join(', ')}`;
}
