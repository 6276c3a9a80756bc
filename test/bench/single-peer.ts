import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { type Surroundings } from '../support/messaging-service';
import { INSERT_EFFECT } from './effects';
import { now } from './latencies';
import { aggregateIdOf, type Stretch } from './series-stream';

const run = promisify(execFile);

/** Somebody else who runs the transaction in which one message takes effect, as quickly as PostgreSQL lets them. */
export interface SinglePeer {
  readonly name: 'pgbench' | 'pg';
  readonly note: string;
  perSecond(transactions: number): Promise<number>;
}

const TWELVE_DIGITS = 100_000_000_000;
const PEER = 'peer';
const WHERE_POSITION = `consumer = '${PEER}' AND topic = 'events.series' AND partition = 0`;

/** With $1 the source and $2 a number. What the consumer asks and writes around the effect, statement by statement. */
const BEFORE = [
  `SELECT next_offset FROM consumer_position WHERE ${WHERE_POSITION} FOR UPDATE`,
  `SELECT "offset" FROM dropped_message WHERE ${WHERE_POSITION} AND "offset" BETWEEN $2 AND $2`,
  `SELECT source, epoch, sequence, state FROM consumer_cursor WHERE consumer = '${PEER}' AND source = ANY(ARRAY[$1])`,
];
const AFTER = [
  `INSERT INTO consumer_cursor (consumer, source, epoch, sequence, state) VALUES ('${PEER}', $1, 1, $2, 'flowing')
     ON CONFLICT (consumer, source) DO UPDATE
       SET epoch = EXCLUDED.epoch, sequence = EXCLUDED.sequence, state = EXCLUDED.state`,
  `UPDATE consumer_position SET next_offset = next_offset + 1 WHERE ${WHERE_POSITION}`,
];
const STATEMENTS = [...BEFORE, INSERT_EFFECT, ...AFTER];

/** pgbench, where this machine has it; otherwise this process by bare `pg`. One connection, as the consumer. */
export async function singlePeer(around: Surroundings, stretch: Stretch): Promise<SinglePeer> {
  await around.db.query(
    `INSERT INTO consumer_position (consumer, topic, partition, next_offset) VALUES ('${PEER}', 'events.series', 0, 0)`,
  );
  const version = await run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
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
  };
  const withValues = (sql: string): string => sql.replace(/\$\d/g, (parameter) => values[parameter] ?? '');
  const script = join(tmpdir(), 'one-message.sql');
  writeFileSync(
    script,
    [
      `\\set aggregate random(${TWELVE_DIGITS}, ${TWELVE_DIGITS + stretch.aggregates})`,
      '\\set sequence random(1, 1000000)',
      ...['BEGIN', ...STATEMENTS.map(withValues), 'COMMIT'].map((sql) => `${sql.replaceAll(/\s+/g, ' ')};`),
    ].join('\n'),
  );
  const url = new URL(db.url);
  const { stdout } = await run(
    'pgbench',
    ['--no-vacuum', '--protocol=prepared', '--client=1', `--transactions=${transactions}`, `--file=${script}`],
    {
      env: {
        ...process.env,
        PGHOST: url.hostname,
        PGPORT: url.port,
        PGUSER: url.username,
        PGPASSWORD: url.password,
        PGDATABASE: url.pathname.slice(1),
        PGOPTIONS: `-c search_path=${db.schema}`,
      },
    },
  );
  return Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
}

async function byPg({ db }: Surroundings, stretch: Stretch, transactions: number): Promise<number> {
  const client = new Client({ connectionString: db.url, options: `-c search_path=${db.schema}` });
  await client.connect();
  const startedAt = now();
  for (let n = 0; n < transactions; n += 1) {
    const aggregate = stretch.firstAggregate + Math.floor(Math.random() * stretch.aggregates);
    const values = [`/series/${aggregateIdOf(aggregate)}`, n, 1];
    await client.query('BEGIN');
    for (const [at, text] of STATEMENTS.entries()) {
      const used = 1 + Math.max(-1, ...[...text.matchAll(/\$(\d)/g)].map(([, number]) => Number(number) - 1));
      await client.query({ name: `s${at}`, text, values: values.slice(0, used) });
    }
    await client.query('COMMIT');
  }
  const rate = (transactions / (now() - startedAt)) * 1_000;
  await client.end();
  return rate;
}
