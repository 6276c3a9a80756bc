import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { retentionDays } from './schedule.rules';

const SWEEP_EVERY_MS = 3_600_000;
const ROWS_AT_ONCE = 5_000;

/** Removes what is older than it is kept: in small pieces, and harmlessly by several processes at once. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(Retention.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly transactions: Transactions) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.#logger.warn('Old deliveries could not be removed', error);
      });
    }, SWEEP_EVERY_MS);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async sweep(): Promise<void> {
    await this.#removeOld('delivery', 'created_at');
    await this.#removeOld('public_message', 'received_at');
  }

  async #removeOld(table: string, column: string): Promise<void> {
    let removed: number;
    do {
      const rows = await this.transactions.manager.query<unknown[]>(
        `WITH removed AS (
          DELETE FROM ${table} WHERE id IN (
            SELECT id FROM ${table} WHERE ${column} < now() - $1 * interval '1 day' LIMIT $2 FOR UPDATE SKIP LOCKED)
          RETURNING 1
        ) SELECT 1 FROM removed`,
        [retentionDays, ROWS_AT_ONCE],
      );
      removed = rows.length;
    } while (removed === ROWS_AT_ONCE);
  }
}
