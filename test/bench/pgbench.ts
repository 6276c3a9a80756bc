import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PgbenchRun {
  readonly url: string;
  /** The search path. */
  readonly schema: string;
  readonly clients: number;
  /** Of all clients together; rounded up to the same number each. */
  readonly transactions: number;
  /** Lines of a pgbench script: one transaction. */
  readonly script: readonly string[];
  /** What the script's variables are at first, for each client. */
  readonly variables?: Readonly<Record<string, number>>;
}

/** Undefined where this machine has none. */
export async function pgbenchVersion(): Promise<string | undefined> {
  return run('pgbench', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** With prepared statements; transactions a second. */
export async function pgbench(asked: PgbenchRun): Promise<number> {
  const { url, schema, clients, transactions, script, variables = {} } = asked;
  const file = join(mkdtempSync(join(tmpdir(), 'pgbench-')), 'script.sql');
  writeFileSync(file, script.join('\n'));
  const { hostname, port, username, password, pathname } = new URL(url);
  const { stdout } = await run(
    'pgbench',
    [
      ...['--no-vacuum', '--protocol=prepared', `--client=${clients}`],
      ...[`--transactions=${Math.ceil(transactions / clients)}`, `--file=${file}`],
      ...Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`),
    ],
    {
      env: {
        ...process.env,
        PGHOST: hostname,
        PGPORT: port,
        PGUSER: decodeURIComponent(username),
        PGPASSWORD: decodeURIComponent(password),
        PGDATABASE: pathname.slice(1),
        PGOPTIONS: `-c search_path=${schema}`,
      },
    },
  );
  return Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
}
