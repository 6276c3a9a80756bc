import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WorkLoop } from '@expo-accord/database';
import { CancelledEvents } from './cancelled-events';

const EVERY_MS = 5_000;

/** Looks for events that were cancelled, for as long as the process lives. Any number of processes may do so. */
@Injectable()
export class CancellationWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #loop = new WorkLoop({
    name: 'Cancelling sign-ups for cancelled events',
    work: async () => (await this.events.next()) > 0,
    restMs: EVERY_MS,
  });

  constructor(private readonly events: CancelledEvents) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  /** Finishes what is in hand. */
  async onModuleDestroy(): Promise<void> {
    await this.#loop.stop();
  }
}
