import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WorkLoop } from '@expo-accord/database';
import { ContactHeartbeat } from './contact-heartbeat';
import { Purge } from './purge';

const EVERY_MS = 60_000;

/** Forgets what its time has come for, for as long as the process lives. Any number of processes may do so. */
@Injectable()
export class PersonalDataWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #loop = new WorkLoop({ name: 'Purging personal data', work: () => this.step(), restMs: EVERY_MS });

  constructor(
    private readonly purge: Purge,
    private readonly heartbeat: ContactHeartbeat,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  /** Finishes what is in hand. */
  async onModuleDestroy(): Promise<void> {
    await this.#loop.stop();
  }

  /** Somebody may be due. */
  wake(): void {
    this.#loop.ring();
  }

  private async step(): Promise<boolean> {
    await this.heartbeat.beat();
    while (!this.#loop.isStopping && (await this.purge.next()) > 0);
    return false;
  }
}
