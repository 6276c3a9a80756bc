import { type EntityManager } from 'typeorm';
import { type Column, columnsOf, quoted } from './columns';
import { type RebuiltTable } from './read-model';

/** Where the serving consumer stands, by topic and partition. */
export interface ServingPosition {
  readonly topic: string;
  readonly partition: number;
  readonly next: bigint;
}

/**
 * `hold`: until the transaction ends no instance of the serving consumer takes or redrives anything. Positions first and
 * in order, then keys, as everybody does.
 */
export async function servingPositions(
  manager: EntityManager,
  schema: string,
  consumer: string,
  hold: 'hold' | 'look',
): Promise<ServingPosition[]> {
  const lock = hold === 'hold' ? 'FOR UPDATE' : '';
  const rows = await manager.query<{ topic: string; partition: number; next: string }[]>(
    `SELECT topic, partition, next_offset AS next FROM ${quoted(schema)}.consumer_position
     WHERE consumer = $1 ORDER BY topic, partition ${lock}`,
    [consumer],
  );
  if (hold === 'hold') {
    await manager.query(
      `SELECT 1 FROM ${quoted(schema)}.consumer_cursor WHERE consumer = $1 AND state <> 'flowing'
       ORDER BY source FOR UPDATE`,
      [consumer],
    );
  }
  return rows.map(({ topic, partition, next }) => ({ topic, partition, next: BigInt(next) }));
}

/**
 * Makes the serving table say what the fresh one says. Only rows that differ are touched, so readers go on reading, and
 * what the serving rows have of their own (when they came, their place in a list) stays.
 */
export async function switchTable(manager: EntityManager, schema: string, table: string): Promise<RebuiltTable> {
  const columns = await columnsOf(manager, `${quoted(schema)}.${quoted(table)}`);
  const names = { serving: `${quoted(schema)}.${quoted(table)}`, fresh: `pg_temp.${quoted(table)}` };
  const { changed, removed } = await merge(manager, names, columns);
  const told = list(columns.filter(({ isOwn }) => !isOwn));
  const order = list(columns.filter(({ isDrawn, isKey }) => isDrawn || isKey).sort(drawnFirst), 'fresh');
  const added = await affected(
    manager,
    `INSERT INTO ${names.serving} (${told}) SELECT ${told} FROM ${names.fresh} AS fresh
     WHERE NOT EXISTS (SELECT FROM ${names.serving} AS serving WHERE ${sameKey(columns)}) ORDER BY ${order} RETURNING 1`,
  );
  const [counted] = await manager.query<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM ${names.fresh}`);
  return { table, rows: counted?.rows ?? 0, added, changed, removed };
}

/**
 * Cursors and what is parked, of all keys that were met. A key that the topics know no more (all of it was compacted
 * away) keeps its cursor, which never expires. Answers how many messages are parked.
 */
export async function switchKeys(manager: EntityManager, schema: string, consumer: string): Promise<number> {
  const serving = quoted(schema);
  await manager.query(
    `INSERT INTO ${serving}.consumer_cursor AS serving SELECT * FROM pg_temp.consumer_cursor
     ON CONFLICT (consumer, source) DO UPDATE SET epoch = EXCLUDED.epoch, sequence = EXCLUDED.sequence, state = CASE
       -- Somebody has asked for it a moment ago.
       WHEN EXCLUDED.state = 'parked' AND serving.state = 'redriving' THEN serving.state ELSE EXCLUDED.state END
     WHERE (serving.epoch, serving.sequence, serving.state) <> (EXCLUDED.epoch, EXCLUDED.sequence, EXCLUDED.state)`,
  );
  await manager.query(
    `DELETE FROM ${serving}.parked_message WHERE consumer = $1
       AND source IN (SELECT source FROM pg_temp.consumer_cursor)
       AND (topic, partition, "offset") NOT IN (SELECT topic, partition, "offset" FROM pg_temp.parked_message)`,
    [consumer],
  );
  await manager.query(
    `INSERT INTO ${serving}.parked_message SELECT * FROM pg_temp.parked_message
     ON CONFLICT (consumer, topic, partition, "offset") DO UPDATE SET reason = EXCLUDED.reason, detail = EXCLUDED.detail`,
  );
  const [counted] = await manager.query<{ parked: number }[]>(
    'SELECT count(*)::int AS parked FROM pg_temp.parked_message',
  );
  return counted?.parked ?? 0;
}

async function merge(
  manager: EntityManager,
  { serving, fresh }: { serving: string; fresh: string },
  columns: readonly Column[],
): Promise<{ changed: number; removed: number }> {
  const content = columns.filter(({ isKey, isOwn }) => !isKey && !isOwn);
  const update =
    content.length === 0
      ? ''
      : `WHEN MATCHED AND ROW(${list(content, 'serving')}) IS DISTINCT FROM ROW(${list(content, 'fresh')})
           THEN UPDATE SET ${content.map(({ name }) => `${quoted(name)} = fresh.${quoted(name)}`).join(', ')}`;
  const done = await manager.query<{ action: 'UPDATE' | 'DELETE'; count: number }[]>(
    `WITH merged AS (
       MERGE INTO ${serving} AS serving USING ${fresh} AS fresh ON ${sameKey(columns)}
       ${update} WHEN NOT MATCHED BY SOURCE THEN DELETE
       RETURNING merge_action() AS action)
     SELECT action, count(*)::int AS count FROM merged GROUP BY action`,
  );
  const countOf = (wanted: string): number => done.find(({ action }) => action === wanted)?.count ?? 0;
  return { changed: countOf('UPDATE'), removed: countOf('DELETE') };
}

async function affected(manager: EntityManager, statement: string): Promise<number> {
  const [counted] = await manager.query<{ count: number }[]>(
    `WITH affected AS (${statement}) SELECT count(*)::int AS count FROM affected`,
  );
  return counted?.count ?? 0;
}

function sameKey(columns: readonly Column[]): string {
  const keys = columns.filter(({ isKey }) => isKey);
  return keys.map(({ name }) => `serving.${quoted(name)} = fresh.${quoted(name)}`).join(' AND ');
}

function list(columns: readonly Column[], of?: string): string {
  return columns.map(({ name }) => (of === undefined ? '' : `${of}.`) + quoted(name)).join(', ');
}

/** Rows that are new draw their places in the order in which their messages came. */
function drawnFirst(one: Column, other: Column): number {
  return Number(other.isDrawn) - Number(one.isDrawn);
}
