import { WorkLoop } from '@expo-accord/database';
import { Logger } from '@nestjs/common';
import { type ClaimedDelivery } from './delivery.claims';
import { type AttemptOutcome } from './delivery.rules';
import { type DeliveryTelemetry } from './delivery.telemetry';

export interface Channel {
  name: string;
  /** Deliveries in flight at once in this process. */
  concurrency: number;
  idleMs: number;
  claim: (limit: number) => Promise<ClaimedDelivery[]>;
  /**
   * One attempt, recorded; null if the delivery was given back without one. What it throws is logged; the lease then
   * ends and the delivery is attempted again.
   */
  attempt: (claimed: ClaimedDelivery) => Promise<AttemptOutcome | null>;
}

const FIRST_REST_MS = 20;
const STUCK_AFTER_MS = 60_000;
const STOP_PATIENCE_MS = 5_000;

/** Keeps up to `concurrency` deliveries of one channel in flight, as long as there are any. */
export class Dispatcher {
  readonly #logger = new Logger(Dispatcher.name);
  readonly #loop: WorkLoop;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(
    private readonly channel: Channel,
    private readonly telemetry: DeliveryTelemetry,
  ) {
    this.#loop = new WorkLoop({
      name: `${channel.name}: looking for deliveries`,
      work: () => this.#fill(),
      restMs: channel.idleMs,
      firstRestMs: FIRST_REST_MS,
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.ring();
  }

  complaint(): string | null {
    return this.#loop.complaint(STUCK_AFTER_MS);
  }

  /** Takes no more, waits a while for what is in flight, then calls `abort` and waits for the rest. */
  async stop(abort: () => void): Promise<void> {
    await this.#loop.stop();
    const timer = setTimeout(abort, STOP_PATIENCE_MS);
    await Promise.all(this.#inFlight);
    clearTimeout(timer);
  }

  async #fill(): Promise<boolean> {
    const free = this.channel.concurrency - this.#inFlight.size;
    if (free <= 0) return false;
    const claimed = await this.channel.claim(free);
    for (const delivery of claimed) this.#begin(delivery);
    return claimed.length > 0;
  }

  #begin(delivery: ClaimedDelivery): void {
    const attempt = this.telemetry
      .observe(delivery, () => this.channel.attempt(delivery))
      .catch((error: unknown) => {
        this.#logger.error(`${this.channel.name}: delivery ${delivery.id} was attempted, but not recorded`, error);
      })
      .finally(() => {
        this.#inFlight.delete(attempt);
        this.#loop.ring();
      });
    this.#inFlight.add(attempt);
  }
}
