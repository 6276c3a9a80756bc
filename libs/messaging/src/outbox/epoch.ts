import { epochInHeader } from '@expo-accord/contracts';
import { type DataSource, type EntityManager } from 'typeorm';
import { type Place } from '../consuming/reading';
import { type MessagingOptions } from '../messaging.options';
import { relayNameOf } from '../relay/relay-lock';

/** A database that knows less than what it once said, and what was done about it. */
export interface OlderDatabase {
  /** The highest epoch that the database knew to have been sent. */
  readonly knew: number;
  readonly topicsHold: number;
  readonly goesOnWith: number;
}

/**
 * Begins an epoch if no process of the service is running. A backup can only have been restored at rest, and then numbers
 * that were given out since are given out again: in a later epoch they are no duplicates. To be awaited before anything
 * is said. What is said in it is not sent before `confirmEpoch` has asked the topics.
 */
export async function beginEpochAtRest(dataSource: DataSource): Promise<void> {
  const running = await dataSource.query<unknown[]>(
    'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 LIMIT 1',
    [relayNameOf(dataSource.options)],
  );
  if (running.length === 0) await raiseEpoch(dataSource);
}

/** The next epoch; unconfirmed. */
export async function raiseEpoch(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (manager) => {
    await restStreams(manager);
    await manager.query('UPDATE message_epoch SET epoch = epoch + 1');
  });
}

/**
 * Makes sure that the epoch is later than everything on the topics, which are asked once after each start from rest. If
 * they hold an epoch that this database never sent, it is older than they are: what it has said since the start, and not
 * sent, moves to an epoch above theirs. Answers null unless the database is older.
 */
export async function confirmEpoch(
  dataSource: DataSource,
  { ownTopics, topicTails }: Pick<MessagingOptions, 'ownTopics' | 'topicTails'>,
): Promise<OlderDatabase | null> {
  const before = await epochOf(dataSource.manager);
  if (before.epoch === before.confirmed) return null;
  const tails = await topicTails();
  const topicsHold = Math.max(0, ...[...tails.values()].map((place) => place.epoch));
  return dataSource.transaction(async (manager) => {
    // While we wait for somebody who has appended and does not come to an end, all others wait behind us.
    await manager.query(`SET LOCAL lock_timeout = '2s'`);
    await restStreams(manager);
    // Another process may have raised it meanwhile.
    const { epoch, confirmed } = await epochOf(manager);
    const goesOnWith = topicsHold > confirmed ? Math.max(topicsHold, epoch) + 1 : epoch;
    const isOlder = topicsHold > confirmed || (await knowsLess(manager, tails));
    await manager.query('UPDATE message_epoch SET epoch = $1, confirmed = $1', [goesOnWith]);
    if (goesOnWith > epoch) await moveUnsent(manager, ownTopics, confirmed, goesOnWith);
    return isOlder ? { knew: confirmed, topicsHold, goesOnWith } : null;
  });
}

/** Until commit nobody appends: the epochs of a stream's messages must rise in the order of their numbers. */
async function restStreams(manager: EntityManager): Promise<void> {
  await manager.query('LOCK TABLE message_stream IN EXCLUSIVE MODE');
}

async function epochOf(manager: EntityManager): Promise<{ epoch: number; confirmed: number }> {
  const [row] = await manager.query<{ epoch: number; confirmed: number }[]>(
    'SELECT epoch, confirmed FROM message_epoch',
  );
  if (row === undefined) throw new Error('message_epoch has lost its row');
  return row;
}

/** Whether some source's last message has a number that its counter has not reached. */
async function knowsLess(manager: EntityManager, tails: ReadonlyMap<string, Place>): Promise<boolean> {
  const rows = await manager.query<{ source: string; last: string }[]>(
    'SELECT source, last_sequence AS last FROM message_stream WHERE source = ANY($1::text[])',
    [[...tails.keys()]],
  );
  const counters = new Map(rows.map(({ source, last }) => [source, Number(last)]));
  return [...tails].some(([source, { sequence }]) => sequence > (counters.get(source) ?? 0));
}

/** Copies of others' messages, which are dead letters, keep the place that they came with. */
async function moveUnsent(
  manager: EntityManager,
  owned: readonly string[],
  confirmed: number,
  epoch: number,
): Promise<void> {
  await manager.query(
    `UPDATE outbox SET headers = jsonb_set(headers, '{ce_epoch}', to_jsonb($3::text))
     WHERE topic = ANY($1::text[]) AND (headers->>'ce_epoch')::int > $2`,
    [owned, confirmed, epochInHeader(epoch)],
  );
}
