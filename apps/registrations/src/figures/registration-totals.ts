import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type RegistrationStatus } from '../registrations/registration';

/** How many registrations of one kind an event has. */
export interface RegistrationCount {
  readonly category: string;
  readonly economy: string | null;
  readonly mode: string;
  readonly status: RegistrationStatus;
  readonly count: number;
}

/** Reading this many is still quick; above it they are put together. */
const MOST_ROWS = 2_000;

/** Counts of registrations, which the database keeps with each change of one (migration count-registrations). */
@Injectable()
export class RegistrationTotals implements OnApplicationShutdown {
  readonly #logger = new Logger(RegistrationTotals.name);
  #merging: Promise<void> | undefined;

  constructor(private readonly transactions: Transactions) {}

  async onApplicationShutdown(): Promise<void> {
    await this.#merging;
  }

  async of(eventId: string): Promise<RegistrationCount[]> {
    const rows = await this.transactions.manager.query<(RegistrationCount & { rows: number })[]>(
      `SELECT category, economy, mode, status, sum(count)::integer AS count, count(*)::integer AS rows
         FROM registration_total WHERE event_id = $1 GROUP BY category, economy, mode, status`,
      [eventId],
    );
    if (rows.reduce((sum, each) => sum + each.rows, 0) > MOST_ROWS + rows.length) this.mergeSoon(eventId);
    return rows.filter(({ count }) => count !== 0);
  }

  /** Nobody waits for it, and of several at once one does it. */
  private mergeSoon(eventId: string): void {
    this.#merging ??= this.merge(eventId)
      .catch((error: unknown) => {
        this.#logger.error('Counts of registrations could not be put together', error);
      })
      .finally(() => {
        this.#merging = undefined;
      });
  }

  private async merge(eventId: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const [lock] = await manager.query<{ mine: boolean }[]>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended('registration_total ' || $1, 0)) AS mine`,
        [eventId],
      );
      if (lock?.mine !== true) return;
      await manager.query(
        `WITH merged AS (DELETE FROM registration_total WHERE event_id = $1 RETURNING *)
         INSERT INTO registration_total (event_id, category, economy, mode, status, count)
         SELECT event_id, category, economy, mode, status, sum(count) FROM merged
          GROUP BY event_id, category, economy, mode, status HAVING sum(count) <> 0`,
        [eventId],
      );
    });
  }
}
