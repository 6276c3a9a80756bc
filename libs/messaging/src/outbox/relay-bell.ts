import { Injectable } from '@nestjs/common';

/** Lets a commit in this process wake the relay, which otherwise polls ever more slowly. */
@Injectable()
export class RelayBell {
  #wake: (() => void) | undefined;
  #rung = false;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves when rung (also if that was since the last wait) or after `ms`. Answers whether it was rung. */
  async wait(ms: number): Promise<boolean> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
