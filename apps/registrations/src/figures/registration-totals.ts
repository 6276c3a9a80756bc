import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MergedTotals, Transactions } from '@expo-accord/database';
import { type RegistrationStatus } from '../registrations/registration';

/** How many registrations of one kind an event has. */
export interface RegistrationCount {
  readonly category: string;
  readonly economy: string | null;
  readonly mode: string;
  readonly status: RegistrationStatus;
  readonly count: number;
}

/** Counts of registrations, which the database keeps with each change of one (migration count-registrations). */
@Injectable()
export class RegistrationTotals implements OnApplicationShutdown {
  private readonly merged: MergedTotals;

  constructor(private readonly transactions: Transactions) {
    this.merged = new MergedTotals(transactions, {
      name: 'Counts of registrations',
      table: 'registration_total',
      scope: 'event_id',
      kind: ['category', 'economy', 'mode', 'status'],
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.merged.stop();
  }

  async of(eventId: string): Promise<RegistrationCount[]> {
    const rows = await this.transactions.manager.query<(RegistrationCount & { rows: number })[]>(
      `SELECT category, economy, mode, status, sum(count)::integer AS count, count(*)::integer AS rows
         FROM registration_total WHERE event_id = $1 GROUP BY category, economy, mode, status`,
      [eventId],
    );
    this.merged.afterReading(eventId, rows);
    return rows.filter(({ count }) => count !== 0);
  }
}
