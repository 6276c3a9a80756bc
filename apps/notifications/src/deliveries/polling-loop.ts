import { Logger } from '@nestjs/common';

export interface PollingOptions {
  name: string;
  /** Looks for work and starts it; true when there may be more at once. */
  work: () => Promise<boolean>;
  /** Longest pause between two looks, for work that another process made or that falls due. */
  idleMs: number;
}

const SHORTEST_PAUSE_MS = 10;
const STALLED_MS = 60_000;

/** Looks for work again and again: at once when woken, else after a pause that doubles while there is nothing to do. */
export class PollingLoop {
  readonly #logger = new Logger(PollingLoop.name);
  #stopped = false;
  #woken = false;
  #endPause: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #lastTurnAt = Date.now();

  constructor(private readonly options: PollingOptions) {}

  start(): void {
    this.#running ??= this.#run();
  }

  /** There is work now: somebody committed it, or a place became free. */
  wake(): void {
    this.#woken = true;
    this.#endPause?.();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#endPause?.();
    await this.#running;
  }

  /** One sentence when the loop makes no progress, else null. */
  complaint(): string | null {
    const silentMs = Date.now() - this.#lastTurnAt;
    return this.#running !== undefined && silentMs > STALLED_MS
      ? `${this.options.name} has not looked for work for ${Math.round(silentMs / 1_000)} s`
      : null;
  }

  async #run(): Promise<void> {
    let pauseMs = SHORTEST_PAUSE_MS;
    while (!this.#stopped) {
      this.#woken = false;
      const more = await this.#look();
      this.#lastTurnAt = Date.now();
      pauseMs = more ? SHORTEST_PAUSE_MS : Math.min(pauseMs * 2, this.options.idleMs);
      if (!more) await this.#pause(pauseMs);
    }
  }

  /** Whatever goes wrong while looking (the database is away) passes; the rows stay where they are. */
  async #look(): Promise<boolean> {
    try {
      return await this.options.work();
    } catch (error) {
      this.#logger.error(`${this.options.name} could not look for work`, error);
      return false;
    }
  }

  #pause(pauseMs: number): Promise<void> {
    if (this.#woken || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#endPause = undefined;
        resolve();
      };
      const timer = setTimeout(done, pauseMs);
      this.#endPause = done;
    });
  }
}
