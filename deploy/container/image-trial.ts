import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalProblem } from '../local/local-problem';
import { LocalProcess } from '../local/local-process';
import { type ComposeService } from './compose-file';

export interface TrialPlan {
  /** The buildah program with the options that say where its storage is. */
  buildah: string[];
  /** A working container made from the image. */
  container: string;
  folder: string;
  /** Rewrites what is addressed inside the compose network to where it is in the trial. */
  translate: (value: string) => string;
}

/** Runs services of docker-compose.yml from the image: their command, user, environment and volumes. */
export class ImageTrial {
  private readonly started: LocalProcess[] = [];

  constructor(private readonly plan: TrialPlan) {}

  /** The folder that stands for a named volume. */
  volume(name: string): string {
    const folder = join(this.plan.folder, 'volumes', name);
    mkdirSync(folder, { recursive: true });
    // As an engine does with a new volume: it takes over whom its folder in the image belongs to.
    if (name === 'documents') chownSync(folder, 1000, 1000);
    return folder;
  }

  async start(name: string, service: ComposeService, settings: Record<string, string> = {}): Promise<LocalProcess> {
    const [program = '', ...options] = this.plan.buildah;
    const env = { ...service.environment, ...settings };
    const process_ = await LocalProcess.start({
      name,
      command: program,
      args: [
        ...options,
        'run',
        ...(service.user === undefined ? [] : ['--user', service.user]),
        ...(service.volumes ?? []).flatMap((volume) => {
          const [source = '', ...inside] = volume.split(':');
          return ['--volume', [this.volume(source), ...inside].join(':')];
        }),
        ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${this.plan.translate(value)}`]),
        this.plan.container,
        '--',
        ...(service.command ?? []).map((word) => this.plan.translate(word)),
      ],
      logFile: join(this.plan.folder, `${name}.log`),
    });
    this.started.push(process_);
    return process_;
  }

  /** Answers what it has written. */
  async runToEnd(name: string, service: ComposeService): Promise<string> {
    const job = await this.start(name, service);
    await job.exited;
    if (job.endedBy !== 'exit code 0') throw new LocalProblem(job.epitaph() ?? `${name} failed.`);
    return job.output();
  }

  /** Whatever still runs; with the group, because what buildah started would outlive buildah. */
  async killAll(): Promise<void> {
    for (const { pid, endedBy, exited } of this.started) {
      if (endedBy !== undefined) continue;
      process.kill(-pid, 'SIGKILL');
      await exited;
    }
  }
}

/** buildah does not pass signals on: the process it runs is the youngest below it. */
export function endInside(process_: LocalProcess): void {
  let pid = process_.pid;
  for (let child = childOf(pid); child !== undefined; child = childOf(pid)) pid = child;
  process.kill(pid, 'SIGTERM');
}

function childOf(pid: number): number | undefined {
  try {
    const [child] = execFileSync('ps', ['--ppid', String(pid), '-o', 'pid='], { encoding: 'utf8' })
      .trim()
      .split('\n');
    return child === undefined || child === '' ? undefined : Number(child);
  } catch {
    return undefined;
  }
}
