import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy, Optional } from '@nestjs/common';
import { outlookOf, Transactions, WorkLoop } from '@expo-accord/database';
import { describeError, HealthRegistry } from '@expo-accord/observability';
import { ChunkFailure, ChunkService } from './chunk.service';
import { endImports } from './end-imports';

const IDLE_MS = 1_000;
const RETRY_MS = 1_000;
/** A chunk that fails this often fails for a reason that will not pass. */
const MOST_ATTEMPTS = 5;
const ABANDONED_AFTER = '15 minutes';
/** A chunk takes a fraction of a second, and may wait for another that owns the event. */
const STUCK_AFTER_MS = 120_000;
const SWEEP_EVERY_MS = 60_000;

/** Takes up imports, one chunk after the other, for as long as the process lives. Any number of processes may do so. */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(ImportWorker.name);
  readonly #loop = new WorkLoop({ name: 'Importing sign-ups', work: () => this.step(), restMs: IDLE_MS });
  readonly #attempts = new Map<string, number>();
  #sweptAt = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly chunks: ChunkService,
    @Optional() private readonly health?: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.health?.register('imports', () => this.#loop.complaint(STUCK_AFTER_MS), 'live');
    this.#loop.start();
  }

  /** Finishes the chunk in hand. */
  async onModuleDestroy(): Promise<void> {
    await this.#loop.stop();
  }

  /** There is something to do. */
  wake(): void {
    this.#loop.ring();
  }

  private async step(): Promise<boolean> {
    try {
      if (await this.chunks.processNext()) return true;
      await this.sweep();
      return false;
    } catch (error) {
      if (!(error instanceof ChunkFailure)) throw error;
      this.#logger.error({ message: 'An import made no progress', error: describeError(error.cause) });
      return this.putBack(error);
    }
  }

  /** @returns whether others have their turn now: the job rests before it is tried again, or was given up */
  private async putBack({ jobId, cause }: ChunkFailure): Promise<boolean> {
    const attempts = outlookOf(cause) === 'passes' ? 0 : (this.#attempts.get(jobId) ?? 0) + 1;
    this.#attempts.set(jobId, attempts);
    try {
      if (attempts < MOST_ATTEMPTS) await this.chunks.restJob(jobId, RETRY_MS);
      else await this.fail('id = $2', [jobId]);
    } catch (error) {
      this.#logger.error({ message: 'An import could not be put back', error: describeError(error) });
      return false;
    }
    if (attempts === 0 || attempts === MOST_ATTEMPTS) this.#attempts.delete(jobId);
    return true;
  }

  /** Uploads whose process died before their last line: nobody will finish them. */
  private async sweep(): Promise<void> {
    if (Date.now() - this.#sweptAt < SWEEP_EVERY_MS) return;
    this.#sweptAt = Date.now();
    await this.fail(`status = 'receiving' AND updated_at < now() - $2::interval`, [ABANDONED_AFTER]);
  }

  private async fail(condition: string, parameters: unknown[]): Promise<void> {
    await this.transactions.run(async (manager) => {
      await endImports(manager, 'failed', condition, parameters);
    });
  }
}
