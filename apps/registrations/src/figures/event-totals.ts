import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { MergedTotals, Transactions } from '@expo-accord/database';
import { type Outcome } from '../check-ins/check-in.rules';
import { type RegistrationStatus } from '../registrations/registration';

/** How many registrations of one kind an event has. */
export interface RegistrationCount {
  readonly category: string;
  readonly economy: string | null;
  readonly mode: string;
  readonly status: RegistrationStatus;
  readonly count: number;
}

/** How many registrations of one organisation that was given by its id. */
export interface OrganizationCount {
  readonly organizationId: string;
  readonly status: RegistrationStatus;
  readonly count: number;
}

/** How many scans of one outcome on one day, as YYYY-MM-DD. */
export interface ScanCount {
  readonly day: string;
  readonly outcome: Outcome;
  readonly count: number;
}

/**
 * Counts that the database keeps with each change of what is counted (ADR 0033), so that they are read as quickly for an
 * event with 100,000 registrations as for one with ten.
 */
@Injectable()
export class EventTotals implements OnApplicationShutdown {
  private readonly registrationTotals: MergedTotals;
  private readonly organizationTotals: MergedTotals;
  private readonly scanTotals: MergedTotals;

  constructor(transactions: Transactions) {
    const merged = (name: string, table: string, kind: readonly string[]): MergedTotals =>
      new MergedTotals(transactions, { name, table, scope: 'event_id', kind });
    this.registrationTotals = merged('Counts of registrations', 'registration_total', [
      'category',
      'economy',
      'mode',
      'status',
    ]);
    this.organizationTotals = merged('Counts of organisations', 'organization_total', ['organization_id', 'status']);
    this.scanTotals = merged('Counts of scans', 'check_in_total', ['day', 'outcome']);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.registrationTotals, this.organizationTotals, this.scanTotals].map((each) => each.stop()));
  }

  async registrations(eventId: string): Promise<RegistrationCount[]> {
    return this.registrationTotals.read(
      eventId,
      `SELECT category, economy, mode, status, sum(count)::integer AS count, count(*)::integer AS rows
         FROM registration_total WHERE event_id = $1 GROUP BY category, economy, mode, status`,
      [eventId],
    );
  }

  async organizations(eventId: string): Promise<OrganizationCount[]> {
    return this.organizationTotals.read(
      eventId,
      `SELECT organization_id AS "organizationId", status, sum(count)::integer AS count, count(*)::integer AS rows
         FROM organization_total WHERE event_id = $1 GROUP BY organization_id, status`,
      [eventId],
    );
  }

  /** In the order of days. */
  async scans(eventId: string): Promise<ScanCount[]> {
    return this.scanTotals.read(
      eventId,
      `SELECT to_char(day, 'YYYY-MM-DD') AS day, outcome, sum(count)::integer AS count, count(*)::integer AS rows
         FROM check_in_total t WHERE event_id = $1 GROUP BY t.day, outcome ORDER BY t.day`,
      [eventId],
    );
  }
}
