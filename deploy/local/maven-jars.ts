import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasCode, LocalProblem } from './local-problem';
import { projectRoot } from './project-root';

const oldestJava = 17;

/** Throws what a person can act on when the Java that `what` runs on is missing or too old. */
export function assertJava(what: string): void {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (java.error !== undefined) {
    throw new LocalProblem(`Java is missing: ${what} needs Java ${oldestJava} or newer on the PATH.`);
  }
  const version = Number(/version "(\d+)/.exec(java.stderr)?.[1] ?? 0);
  if (version < oldestJava) {
    throw new LocalProblem(`Java ${version} is too old: ${what} needs Java ${oldestJava} or newer.`);
  }
}

export interface MavenProgram {
  /** As in "... needs Java". */
  what: string;
  /** With the version; names the folder that the jars are kept in. */
  name: string;
  /** Names the jars; its path in the project. */
  pom: string;
}

/** For programs that npm has not: Maven fetches the jars once, into node_modules/.cache. Answers the folder they are in. */
export function mavenJars({ what, name, pom }: MavenProgram): string {
  assertJava(what);
  const folder = join(projectRoot(), 'node_modules/.cache', name);
  if (existsSync(folder)) return folder;
  // Fetched beside its place and then renamed: an interrupted download, or two at once, do no harm.
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  const maven = spawnSync(
    process.platform === 'win32' ? 'mvn.cmd' : 'mvn',
    [
      ...['--quiet', '--batch-mode', '--file', join(projectRoot(), pom)],
      ...['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${fresh}`],
    ],
    { encoding: 'utf8' },
  );
  if (maven.error !== undefined && hasCode(maven.error, 'ENOENT')) {
    throw new LocalProblem(`Maven is missing: the jars of ${what} are fetched by mvn, which must be on the PATH.`);
  }
  if (maven.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    const reason = `${maven.stdout}\n${maven.stderr}`.split('\n').find((line) => line.includes('[ERROR]'));
    throw new LocalProblem(`Maven could not fetch the jars of ${what} (${reason?.trim() ?? 'it gave no reason'}).`);
  }
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
