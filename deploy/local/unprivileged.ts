import { execFileSync, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { LocalProblem } from './local-problem';

/** How to run a program under an account that is not root's. */
export interface Unprivileged {
  /** Put before the command. */
  prefix: string[];
  /** For spawn, where no prefix does it. */
  user?: Account;
  /** Whom the files of the program have to belong to. */
  owner?: Account;
}

interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root; there it runs as the account `postgres`, which is made if need be. That account may
 * not enter, say, a folder below root's home: on Linux it is then allowed to pass through all folders, and to do nothing
 * else that is root's. `paths` are what the program has to get at; of a folder, `/.` asks whether it may be entered.
 */
export function unprivileged(paths: string[]): Unprivileged {
  if (userInfo().uid !== 0) return { prefix: [] };
  const owner = postgresAccount();
  const barred = paths.find((path) => spawnSync('stat', [path], owner).status !== 0);
  if (barred === undefined) return { prefix: [], user: owner, owner };
  const passing = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  const prefix = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', ...passing];
  const [program = '', ...options] = prefix;
  if (spawnSync(program, [...options, 'stat', barred]).status === 0) return { prefix, owner };
  throw new LocalProblem(
    `PostgreSQL does not run as root, and the account "postgres" may not get at ${barred}: run as an ordinary user, or in a folder that everyone may enter.`,
  );
}

function postgresAccount(): Account {
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString());
  try {
    if (spawnSync('id', ['-u', 'postgres']).status !== 0) {
      execFileSync('useradd', ['--system', '--user-group', 'postgres'], { stdio: 'pipe' });
    }
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    throw new LocalProblem(
      'PostgreSQL does not run as root and there is no account "postgres": run as an ordinary user.',
    );
  }
}
