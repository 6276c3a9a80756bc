import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';

const sweepEveryMs = 3_600_000;
/** So many can be missed before a key finds no partition. */
const daysAhead = 2;

/** The partitions of `idempotency_key`: made ahead, and dropped as a whole once no key in them counts any more. */
@Injectable()
export class KeyDays implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('IdempotencyKeys');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly transactions: Transactions) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => {
      void this.sweep();
    }, sweepEveryMs);
    this.timer.unref();
    await this.sweep();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    try {
      await this.makeAhead();
      await this.dropOver();
    } catch (error) {
      this.logger.warn('The days of idempotency keys could not be swept', error);
    }
  }

  /** Made apart and then attached: unlike PARTITION OF, this waits for nobody who uses the table. */
  private async makeAhead(): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.query(`SELECT pg_advisory_xact_lock(hashtext('idempotency days'), hashtext(current_schema()))`);
      const days = await manager.query<{ name: string; begins: string; ends: string }[]>(
        `SELECT to_char(day AT TIME ZONE 'UTC', '"idempotency_key_"YYYYMMDD') AS name, day::text AS begins,
                (day + interval '24 hours')::text AS ends
           FROM generate_series(date_trunc('day', now(), 'UTC'),
                                date_trunc('day', now(), 'UTC') + make_interval(hours => 24 * $1), interval '24 hours') AS day
          WHERE to_regclass(to_char(day AT TIME ZONE 'UTC', '"idempotency_key_"YYYYMMDD')) IS NULL`,
        [daysAhead],
      );
      for (const { name, begins, ends } of days) {
        await manager.query(`CREATE TABLE ${name} (LIKE idempotency_key INCLUDING ALL)`);
        await manager.query(
          `ALTER TABLE idempotency_key ATTACH PARTITION ${name} FOR VALUES FROM ('${begins}') TO ('${ends}')`,
        );
      }
    });
  }

  /** Dropping locks the whole table: rather the next hour than that everybody waits behind a long transaction. */
  private async dropOver(): Promise<void> {
    const over = await this.transactions.manager.query<{ name: string }[]>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits
        WHERE inhparent = 'idempotency_key'::regclass
          AND right(inhrelid::regclass::text, 8) < to_char(now() AT TIME ZONE 'UTC' - interval '2 days', 'YYYYMMDD')`,
    );
    for (const { name } of over) {
      await this.transactions.run(async (manager) => {
        await manager.query(`SET LOCAL lock_timeout = '1s'`);
        await manager.query(`DROP TABLE IF EXISTS ${name}`);
      });
    }
  }
}
