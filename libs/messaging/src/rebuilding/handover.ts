import { type RecordBatch } from '../kafka/kafka.port';
import { whileBeating } from '../consuming/while-beating';

interface Offer {
  readonly batch: RecordBatch;
  readonly done: () => void;
}

/** Lets somebody who asks for batches meet a client that brings them; each is waited for until it is dealt with. */
export class Handover {
  /** One for each partition that the client works on at once. */
  readonly #offers: Offer[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #ended = false;

  async bring(batch: RecordBatch): Promise<void> {
    if (this.#ended) return;
    await whileBeating(
      batch,
      () =>
        new Promise<void>((resolve) => {
          this.#offers.push({ batch, done: resolve });
          this.#wake?.();
        }),
    );
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake?.();
  }

  /**
   * Deals with the next batch, unless none comes in that time.
   * @throws what the client died of
   */
  async next(withinMs: number, deal: (batch: RecordBatch) => Promise<void>): Promise<void> {
    if (this.#offers.length === 0 && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    if (this.#failure !== undefined) throw this.#failure;
    const offer = this.#offers.shift();
    if (offer === undefined) return;
    try {
      await deal(offer.batch);
    } finally {
      offer.done();
    }
  }

  /** Lets go of whoever waits, with its batch undone. */
  end(): void {
    this.#ended = true;
    for (const { done } of this.#offers.splice(0)) done();
  }
}
