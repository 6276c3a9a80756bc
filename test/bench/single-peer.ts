import { Client } from 'pg';
import { type Surroundings } from '../support/messaging-service';
import { INSERT_EFFECT } from './effects';
import { now } from './latencies';
import { pgbench, pgbenchVersion } from './pgbench';
import { aggregateIdOf, type Stretch } from './series-stream';

/** Somebody else who runs the transaction in which one message takes effect, as quickly as PostgreSQL lets them. */
export interface SinglePeer {
  readonly name: 'pgbench' | 'pg';
  readonly note: string;
  perSecond(transactions: number): Promise<number>;
}

const TWELVE_DIGITS = 100_000_000_000;
const PEER = 'peer';
const WHERE_POSITION = `consumer = '${PEER}' AND topic = 'events.series' AND partition = $4`;

/**
 * With $1 the source, $2 a number, $3 the process and $4 the connection. What the consumer asks and writes.
 */
const STATEMENTS = [
  `UPDATE consumer_position SET next_offset = next_offset + 1
   WHERE ${WHERE_POSITION} AND next_offset >= 0 AND NOT EXISTS (
     SELECT FROM dropped_message WHERE ${WHERE_POSITION} AND "offset" >= $2)`,
  `INSERT INTO consumer_cursor (consumer, source, epoch, sequence)
   SELECT '${PEER}', * FROM unnest(ARRAY[$1]::text[], ARRAY[1]::int[], ARRAY[$2]::bigint[])
   ON CONFLICT (consumer, source) DO UPDATE SET epoch = EXCLUDED.epoch, sequence = EXCLUDED.sequence
   RETURNING source, (
     SELECT concat_ws(' ', epoch, sequence, state) FROM consumer_cursor AS was
     WHERE was.consumer = '${PEER}' AND was.source = consumer_cursor.source)`,
  INSERT_EFFECT,
];

/** pgbench, where this machine has it; otherwise this process by bare `pg`. On one connection, as the consumer. */
export async function singlePeer(around: Surroundings, stretch: Stretch): Promise<SinglePeer> {
  await around.db.query(
    `INSERT INTO consumer_position (consumer, topic, partition, next_offset)
     VALUES ('${PEER}', 'events.series', 0, 0)`,
  );
  const version = await pgbenchVersion();
  return version === undefined
    ? {
        name: 'pg',
        note: 'there is no pgbench here, so this process runs the same transaction by bare pg',
        perSecond: (transactions) => byPg(around, stretch, transactions),
      }
    : {
        name: 'pgbench',
        note: `${version}, prepared statements`,
        perSecond: (transactions) => byPgbench(around, stretch, transactions),
      };
}

async function byPgbench({ db }: Surroundings, stretch: Stretch, transactions: number): Promise<number> {
  const values: Record<string, string> = {
    // As long as the other's, and as many different ones.
    $1: `'/series/${aggregateIdOf(0).slice(0, -12)}' || :aggregate`,
    $2: ':sequence',
    $3: '1',
    $4: ':client_id',
  };
  const withValues = (sql: string): string => sql.replace(/\$\d/g, (parameter) => values[parameter] ?? '');
  return pgbench({
    url: db.url,
    schema: db.schema,
    clients: 1,
    transactions,
    script: [
      `\\set aggregate random(${TWELVE_DIGITS}, ${TWELVE_DIGITS + stretch.aggregates})`,
      '\\set sequence random(1, 1000000)',
      ...['BEGIN', ...STATEMENTS.map(withValues), 'COMMIT'].map((sql) => `${sql.replaceAll(/\s+/g, ' ')};`),
    ],
  });
}

async function byPg(around: Surroundings, stretch: Stretch, transactions: number): Promise<number> {
  const startedAt = now();
  await onOneConnection(around, stretch, transactions, 0);
  return (transactions / (now() - startedAt)) * 1_000;
}

async function onOneConnection(
  { db }: Surroundings,
  stretch: Stretch,
  transactions: number,
  connection: number,
): Promise<void> {
  const client = new Client({ connectionString: db.url, options: `-c search_path=${db.schema}` });
  await client.connect();
  for (let n = 0; n < transactions; n += 1) {
    const aggregate = stretch.firstAggregate + Math.floor(Math.random() * stretch.aggregates);
    const values = [`/series/${aggregateIdOf(aggregate)}`, n, 1, connection];
    await client.query('BEGIN');
    for (const [at, sql] of STATEMENTS.entries()) {
      // Each statement numbers its own parameters.
      const used = [...new Set(sql.match(/\$\d/g))];
      const text = sql.replace(/\$\d/g, (parameter) => `$${used.indexOf(parameter) + 1}`);
      const own = used.map((parameter) => values[Number(parameter.slice(1)) - 1]);
      await client.query({ name: `s${at}`, text, values: own });
    }
    await client.query('COMMIT');
  }
  await client.end();
}
