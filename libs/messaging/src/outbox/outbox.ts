import { placeInHeaders, toHeaders } from '@expo-accord/contracts';
import { newId, planned, Transactions } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { currentCause } from './current-cause';
import { encodedData, type OutgoingMessage } from './outgoing-message';
import { RelayBell } from './relay-bell';

/** Where a message stands in its aggregate's stream. */
interface PlaceInStream {
  readonly epoch: number;
  readonly sequence: number;
}

export interface AppendedMessage extends PlaceInStream {
  readonly source: string;
}

/** A connection keeps a plan for each number of rows, up to this. */
export const MOST_IN_ONE_STATEMENT = 20;

/** What a service says, written in the transaction that made it true. */
@Injectable()
export class Outbox {
  constructor(
    private readonly transactions: Transactions,
    private readonly bell: RelayBell,
  ) {}

  /**
   * Appends in the order given: in one statement, or where there are many in one and another for each twenty messages. Call it
   * once in a transaction, at its end: the streams stay locked until commit, and two calls in opposite order of streams could
   * wait for each other.
   * @throws ContractViolation for a message too large to travel.
   */
  async append(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<AppendedMessage[]> {
    if (messages.length === 0) return [];
    const values = messages.map(encodedData);
    this.transactions.afterCommit(() => {
      this.bell.ring();
    });
    if (messages.length <= MOST_IN_ONE_STATEMENT) return insertPlaced(manager, messages, values);
    const places = await takePlaces(manager, messages);
    await insertRows(manager, messages, places, values);
    return places;
  }
}

/** How many messages each source has, in the one order in which streams are locked: two appends never wait for each other. */
function countedSources(messages: readonly OutgoingMessage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of messages) counts.set(source, (counts.get(source) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** With $1 the sources and $2 how many messages each has. */
const TAKE_PLACES = `
  INSERT INTO message_stream (source, last_sequence)
  SELECT source, count FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS taken (source, count, place) ORDER BY place
  ON CONFLICT (source) DO UPDATE SET last_sequence = message_stream.last_sequence + EXCLUDED.last_sequence
  RETURNING source, last_sequence AS last, (SELECT epoch FROM message_epoch) AS epoch`;

/**
 * Takes the next numbers of each source. The row lock this leaves is held until commit and taken before any outbox
 * id is drawn: so a stream's ids are in commit order, and its numbers have no gaps (a rollback gives them back). It also
 * gives the transaction its number before it draws an id, on which the relay relies (see emptied-part.ts).
 */
async function takePlaces(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<AppendedMessage[]> {
  const counts = countedSources(messages);
  const rows = await planned<{ source: string; last: string; epoch: number }>(manager, 'take places', TAKE_PLACES, [
    [...counts.keys()],
    [...counts.values()],
  ]);
  const next = new Map(rows.map(({ source, last }) => [source, Number(last) - (counts.get(source) ?? 0) + 1]));
  const epoch = rows[0]?.epoch ?? 1;
  return messages.map(({ source }) => {
    const sequence = next.get(source) ?? 1;
    next.set(source, sequence + 1);
    return { source, epoch, sequence };
  });
}

/** As `takePlaces` and `insertRows`, but PostgreSQL writes the places into the headers, and nobody waits in between. */
async function insertPlaced(
  manager: EntityManager,
  messages: readonly OutgoingMessage[],
  values: readonly (string | null)[],
): Promise<AppendedMessage[]> {
  const counts = countedSources(messages);
  const toCome = new Map(counts);
  const rows = messages.map((message, at) => {
    const behind = (toCome.get(message.source) ?? 1) - 1;
    toCome.set(message.source, behind);
    const headers = JSON.stringify(headersOf(message, { epoch: 0, sequence: 0 }));
    return [message.topic.name, message.partitionKey, headers, values[at], message.source, behind];
  });
  const taken = await planned<Record<keyof AppendedMessage, string>>(
    manager,
    `place ${rows.length} in outbox`,
    placedInsertOf(rows.length),
    [[...counts.keys()], [...counts.values()], ...rows.flat()],
  );
  return taken.map(({ source, epoch, sequence }) => ({ source, epoch: Number(epoch), sequence: Number(sequence) }));
}

/** Each row knows how many of its source come after it. Ids are drawn in the order of the rows, once all places are taken. */
function placedInsertOf(rows: number): string {
  const tuples = Array.from({ length: rows }, (_, at) => {
    const [topic, key, headers, value, source, behind] = [3, 4, 5, 6, 7, 8].map((nth) => `$${6 * at + nth}`);
    return `(${topic}, ${key}, ${headers}::jsonb, ${value}, ${source}, ${behind}::int, ${at})`;
  });
  const { epoch, sequence } = placeInHeaders;
  return `
    WITH taken AS (${TAKE_PLACES})
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

function headersOf(message: OutgoingMessage, place: PlaceInStream): Record<string, string> {
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
  places: readonly PlaceInStream[],
  values: readonly (string | null)[],
): Promise<void> {
  for (let from = 0; from < messages.length; from += MOST_IN_ONE_STATEMENT) {
    const rows = messages.slice(from, from + MOST_IN_ONE_STATEMENT);
    await planned(
      manager,
      `append ${rows.length} to outbox`,
      insertOf(rows.length),
      rows.flatMap((message, at) => [
        message.topic.name,
        message.partitionKey,
        JSON.stringify(headersOf(message, places[from + at] as PlaceInStream)),
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
