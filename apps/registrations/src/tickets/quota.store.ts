import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { QuotaLedger, type QuotaState } from './quota.rules';

/** Rows of quotas are always locked in the order of their names: two sign-ups can wait for each other in one way only. */
@Injectable()
export class QuotaStore {
  /** @param names null for every quota of the event */
  async lock(manager: EntityManager, eventId: string, names: readonly string[] | null): Promise<QuotaLedger> {
    const rows = await planned<QuotaState>(
      manager,
      'lock quotas',
      `SELECT name, places, taken FROM quota
        WHERE event_id = $1 AND ($2::text[] IS NULL OR name = ANY ($2)) ORDER BY name FOR UPDATE`,
      [eventId, names],
    );
    return new QuotaLedger(rows);
  }

  async write(manager: EntityManager, eventId: string, ledger: QuotaLedger): Promise<void> {
    const changes = ledger.changes();
    if (changes.length === 0) return;
    await planned(
      manager,
      'take places in quotas',
      `UPDATE quota SET taken = taken + change.delta FROM unnest($2::text[], $3::integer[]) AS change (name, delta)
        WHERE quota.event_id = $1 AND quota.name = change.name`,
      [eventId, changes.map(({ name }) => name), changes.map(({ delta }) => delta)],
    );
  }

  /** Names of the quotas that each of these events has. */
  async namesByEvent(manager: EntityManager, eventIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const rows = await planned<{ event_id: string; names: string[] }>(
      manager,
      'names of quotas',
      'SELECT event_id, array_agg(name) AS names FROM quota WHERE event_id = ANY ($1) GROUP BY event_id',
      [eventIds],
    );
    return new Map(rows.map(({ event_id, names }) => [event_id, new Set(names)]));
  }
}
