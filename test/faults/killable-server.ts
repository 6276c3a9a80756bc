import { setTimeout as delay } from 'node:timers/promises';
import { LocalProblem } from '../../deploy/local/local-problem';
import { type LocalProcess } from '../../deploy/local/local-process';

/** Right after a crash the old server's children or its port may still be there for a moment. */
const startAttempts = 10;
const betweenAttemptsMs = 500;

/** PostgreSQL or the broker: killed as by a crash, and started again on the same folder and port. */
export class KillableServer<Running extends { process: LocalProcess }> {
  #running: Running;
  #up = true;
  #recovery: Promise<void> = Promise.resolve();

  private constructor(
    private readonly launch: () => Promise<Running>,
    running: Running,
  ) {
    this.#running = running;
  }

  static async start<R extends { process: LocalProcess }>(launch: () => Promise<R>): Promise<KillableServer<R>> {
    return new KillableServer(launch, await launch());
  }

  get running(): Running {
    return this.#running;
  }

  /** kill -9. Answers false, and does nothing, when it is down already. Starts it again after `awayMs`. */
  async kill(awayMs: number): Promise<boolean> {
    if (!this.#up) return false;
    this.#up = false;
    await this.#running.process.kill();
    this.#recovery = this.#startAgain(awayMs);
    this.#recovery.catch(() => undefined);
    return true;
  }

  /** @throws LocalProblem when it could not be started again. */
  async recovered(): Promise<void> {
    await this.#recovery;
  }

  async stop(): Promise<void> {
    await this.#recovery.catch(() => undefined);
    await this.#running.process.stop();
  }

  async #startAgain(awayMs: number): Promise<void> {
    await delay(awayMs);
    for (let attempt = 1; !this.#up; attempt += 1) {
      try {
        this.#running = await this.launch();
        this.#up = true;
      } catch (error) {
        if (!(error instanceof LocalProblem) || attempt === startAttempts) throw error;
        await delay(betweenAttemptsMs);
      }
    }
  }
}
