import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { LocalProblem } from './local-problem';
import { projectRoot } from './project-root';

export interface ProcessPlan {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Standard output and error are appended here. */
  logFile: string;
  /** What asks the process to end in good order. */
  stopSignal?: NodeJS.Signals;
  user?: { uid: number; gid: number };
}

let guard: ChildProcess | undefined;

function tellGuard(line: string): void {
  if (guard === undefined || guard.exitCode !== null) {
    guard = spawn(process.execPath, [join(projectRoot(), 'deploy/local/orphan-guard.cjs')], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Neither the guard nor the pipe to it may keep a finished program alive.
    guard.unref();
    const { stdin } = guard;
    stdin?.on('error', () => undefined);
    if (stdin instanceof Socket) stdin.unref();
  }
  guard.stdin?.write(`${line}\n`);
}

/**
 * A child in a process group of its own, so that Ctrl-C on the terminal reaches only the parent, which then stops its
 * children in order. Should the parent die without doing so, the orphan guard stops them.
 */
export class LocalProcess {
  readonly exited: Promise<void>;
  private ending: string | undefined;
  private readonly logStart: number;

  private constructor(
    private readonly plan: ProcessPlan,
    private readonly child: ChildProcess,
    readonly pid: number,
    logStart: number,
  ) {
    this.logStart = logStart;
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.ending = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
        tellGuard(`-${pid}`);
        resolve();
      });
    });
  }

  static async start(plan: ProcessPlan): Promise<LocalProcess> {
    const log = openSync(plan.logFile, 'a', 0o600);
    const logStart = statSync(plan.logFile).size;
    try {
      const child = spawn(plan.command, plan.args, {
        env: plan.env ?? process.env,
        cwd: plan.cwd,
        detached: true,
        stdio: ['ignore', log, log],
        ...plan.user,
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', (error) => {
          reject(new LocalProblem(`${plan.name} cannot be started (${error.message}).`));
        });
      });
      const pid = child.pid ?? 0;
      tellGuard(`+${pid} ${plan.stopSignal ?? 'SIGTERM'}`);
      return new LocalProcess(plan, child, pid, logStart);
    } finally {
      closeSync(log);
    }
  }

  get name(): string {
    return this.plan.name;
  }

  /** How the process ended ("exit code 1", "signal SIGKILL"); undefined while it runs. */
  get endedBy(): string | undefined {
    return this.ending;
  }

  /** What it has written since it was started. */
  output(): string {
    return readFileSync(this.plan.logFile).subarray(this.logStart).toString('utf8');
  }

  /** One sentence about an unexpected end, with the last lines of the log; undefined while it runs. */
  epitaph(): string | undefined {
    if (this.ending === undefined) return undefined;
    const lastLines = this.output().trimEnd().split('\n').slice(-5).join('\n  ');
    return `${this.plan.name} ended (${this.ending}); the end of ${this.plan.logFile}:\n  ${lastLines}`;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.ending === undefined) this.child.kill(signal);
  }

  async stop(timeoutMs = 15_000): Promise<void> {
    if (this.ending !== undefined) return;
    this.signal(this.plan.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => {
      this.signal('SIGKILL');
    }, timeoutMs);
    await this.exited;
    clearTimeout(timer);
  }

  /** The hard way, as a crash would: tests and fault trials use it. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }
}
