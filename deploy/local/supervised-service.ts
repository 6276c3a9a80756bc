import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { LocalProblem } from './local-problem';
import { LocalProcess } from './local-process';
import { projectRoot } from './project-root';
import { waitFor } from './waiting';

export interface ServicePlan {
  name: ServiceName;
  port: number;
  env: Record<string, string>;
  logFile: string;
  log: (line: string) => void;
  /** Called once when the service keeps crashing; it is not started again. */
  gaveUp: (reason: string) => void;
}

const crashesAllowed = 5;
const crashWindowMs = 60_000;

/** The compiled program of a service, such as `main` or `migrate`. */
export function serviceProgram(service: ServiceName, program: string): string {
  return join(projectRoot(), 'dist/apps', service, 'src', `${program}.js`);
}

/** One service process, which is said to have crashed and started again when it ends without having been asked to. */
export class SupervisedService {
  private process: LocalProcess | undefined;
  private wanted = false;
  private crashes: number[] = [];
  private restarting: Promise<void> | undefined;

  constructor(private readonly plan: ServicePlan) {}

  get name(): ServiceName {
    return this.plan.name;
  }

  get url(): string {
    return `http://127.0.0.1:${this.plan.port}`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  async start(): Promise<void> {
    this.wanted = true;
    const started = await LocalProcess.start({
      name: this.plan.name,
      command: process.execPath,
      args: ['--enable-source-maps', serviceProgram(this.plan.name, 'main')],
      env: this.plan.env,
      logFile: this.plan.logFile,
    });
    this.process = started;
    void started.exited.then(() => {
      if (this.wanted) this.restarting = this.startAgain(started);
    });
  }

  /** Waits until the service says that it can serve; a crash on the way ends the waiting. */
  async ready(signal?: AbortSignal): Promise<void> {
    const watched = this.process;
    let lastWord = '';
    await waitFor(
      `${this.name} becoming ready`,
      async () => {
        const answer = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
        lastWord = await answer.text();
        if (answer.ok) return true;
        throw new LocalProblem(lastWord);
      },
      {
        timeoutMs: 60_000,
        intervalMs: 100,
        givenUp: () => (signal?.aborted === true ? 'Stopped while starting.' : watched?.epitaph()),
      },
    );
  }

  /** kill -9, as a crash would, but the service stays away until it is started. */
  async kill(): Promise<void> {
    this.wanted = false;
    await this.restarting;
    await this.process?.kill();
  }

  async stop(): Promise<void> {
    this.wanted = false;
    await this.restarting;
    await this.process?.stop();
  }

  private async startAgain(ended: LocalProcess): Promise<void> {
    this.plan.log(ended.epitaph() ?? `${this.name} ended.`);
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => time > now - crashWindowMs), now];
    if (this.crashes.length > crashesAllowed) {
      this.wanted = false;
      this.plan.gaveUp(`${this.name} crashed ${this.crashes.length} times within a minute; see ${this.plan.logFile}.`);
      return;
    }
    this.plan.log(`${this.name} is started again.`);
    await this.start();
    // stop() may have been called while the new process was on its way.
    if (!this.wanted) await this.process?.stop();
  }
}
