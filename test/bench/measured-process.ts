import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

interface Question {
  readonly name: string;
  readonly input: unknown;
}

/** A process of its own for what is measured, so that measuring and load don't slow it down, and it can be killed. */
export class MeasuredProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** `program` is a file beside this one; back when it is ready. */
  static async start(program: string, env: Record<string, string>): Promise<MeasuredProcess> {
    const child = fork(join(__dirname, program), {
      env: { ...process.env, ...env },
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const started = new MeasuredProcess(child);
    await started.ask('ready');
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** One question at a time. */
  async ask<T>(name: string, input?: unknown): Promise<T> {
    const answered = new AbortController();
    const { signal } = answered;
    const ended = once(this.child, 'exit', { signal }).then(() => {
      throw new Error(`A measured process ended when asked for "${name}"`);
    });
    const answer = once(this.child, 'message', { signal });
    this.child.send({ name, input } satisfies Question);
    try {
      return ((await Promise.race([answer, ended])) as [T])[0];
    } finally {
      ended.catch(() => undefined);
      answer.catch(() => undefined);
      answered.abort();
    }
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

/** The other end: answers what it is asked, stops at SIGTERM, and does not outlive its parent. */
export function answerQuestions(answers: Record<string, (input: never) => unknown>, stop: () => Promise<void>): void {
  process.on('message', ({ name, input }: Question) => {
    process.send?.(answers[name]?.(input as never) ?? null);
  });
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => {
    void stop().then(() => process.exit());
  });
  // Ctrl-C reaches every process of the terminal; the parent stops this one in its turn.
  process.on('SIGINT', () => undefined);
}
