import { type RecordBatch } from '../kafka/kafka.port';
import { whileBeating } from '../consuming/while-beating';

interface Offer {
  readonly batch: RecordBatch;
  readonly done: () => void;
}

/** Lets somebody who asks for batches meet a client that brings them; each is waited for until it is dealt with. */
export class Handover {
  #offer: Offer | undefined;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #ended = false;

  async bring(batch: RecordBatch): Promise<void> {
    if (this.#ended) return;
    await whileBeating(
      batch,
      () =>
        new Promise<void>((resolve) => {
          this.#offer = { batch, done: resolve };
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
    if (this.#offer === undefined && this.#failure === undefined) {
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
    const offer = this.#offer;
    this.#offer = undefined;
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
    this.#offer?.done();
    this.#offer = undefined;
  }
}
