import { describeError } from '@expo-accord/observability';
import { Logger } from '@nestjs/common';

export interface WorkLoopOptions {
  /** What it does, such as "Reminding of commitments", in the words of logs and of health. */
  readonly name: string;
  /** Does what there is to do, or some of it; true when there may be more at once. What it throws is logged, and passes. */
  readonly work: () => Promise<boolean>;
  /** Longest rest in ms, for work that nobody rings for: another process made it, or it falls due. */
  readonly restMs: number;
  /** The first rest in ms after there was work, each further one being twice as long; `restMs` if not given. */
  readonly firstRestMs?: number;
}

/** Looks for work again and again, for as long as the process lives: at once when rung, else after a rest. */
export class WorkLoop {
  readonly #logger = new Logger(WorkLoop.name);
  #stopping = false;
  #rung = false;
  #endRest: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #beganAt: number | undefined;

  constructor(private readonly options: WorkLoopOptions) {}

  /** Work that takes long asks this between its steps. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There is work now: somebody committed it, or a place became free. */
  ring(): void {
    this.#rung = true;
    this.#endRest?.();
  }

  /** Back when the work in hand is done. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#endRest?.();
    await this.#running;
  }

  /** One sentence when the work in hand has taken longer than that, else null. */
  complaint(afterMs: number): string | null {
    const takenMs = this.#beganAt === undefined ? 0 : Date.now() - this.#beganAt;
    return takenMs > afterMs
      ? `${this.options.name} has not come to an end for ${Math.round(takenMs / 1_000)} s`
      : null;
  }

  async #run(): Promise<void> {
    const { restMs, firstRestMs = restMs } = this.options;
    let nextRestMs = firstRestMs;
    while (!this.#stopping) {
      this.#rung = false;
      if (await this.#look()) {
        nextRestMs = firstRestMs;
        continue;
      }
      await this.#rest(nextRestMs);
      nextRestMs = Math.min(nextRestMs * 2, restMs);
    }
  }

  /** Whatever goes wrong (the database is away) passes; the rows stay where they are. */
  async #look(): Promise<boolean> {
    this.#beganAt = Date.now();
    try {
      return await this.options.work();
    } catch (error) {
      this.#logger.error({ message: `${this.options.name} failed`, error: describeError(error) });
      return false;
    } finally {
      this.#beganAt = undefined;
    }
  }

  #rest(ms: number): Promise<void> {
    if (this.#rung || this.#stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#endRest = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#endRest = done;
    });
  }
}
