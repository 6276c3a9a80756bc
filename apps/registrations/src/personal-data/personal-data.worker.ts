import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { describeError } from '@expo-accord/observability';
import { ContactHeartbeat } from './contact-heartbeat';
import { Purge } from './purge';

const EVERY_MS = 60_000;

/** Forgets what its time has come for, for as long as the process lives. Any number of processes may do so. */
@Injectable()
export class PersonalDataWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(PersonalDataWorker.name);
  readonly #bell = new EventEmitter();
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly purge: Purge,
    private readonly heartbeat: ContactHeartbeat,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.run(this.#stop.signal);
  }

  /** Finishes what is in hand. */
  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Somebody may be due. */
  wake(): void {
    this.#bell.emit('ring');
  }

  private async run(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const rung = once(this.#bell, 'ring', { signal: stop }).catch(() => undefined);
      await this.step(stop);
      const done = new AbortController();
      const signal = AbortSignal.any([stop, done.signal]);
      await Promise.race([rung, delay(EVERY_MS, undefined, { signal }).catch(() => undefined)]);
      done.abort();
    }
  }

  private async step(stop: AbortSignal): Promise<void> {
    try {
      await this.heartbeat.beat();
      while (!stop.aborted && (await this.purge.next()) > 0);
    } catch (error) {
      this.#logger.error({ message: 'Personal data was not purged', error: describeError(error) });
    }
  }
}
