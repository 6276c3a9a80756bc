import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { ErasedUploads } from '../imports/erased-uploads';
import { type Registration } from '../registrations/registration';
import { RegistrationStore } from '../registrations/registration.store';
import { Erasure } from './erasure';
import { USUAL_DAYS } from './retention.rules';

const AT_ONCE = 500;

interface DueEvent {
  readonly eventId: string;
  readonly tenantId: string;
}

/** Kept days, and how far the purge has come, of an event `e` with its retention `t`, if it has one. */
const keptDays = `coalesce(t.days, ${USUAL_DAYS}) * interval '1 day'`;
const behindPurge = `r.tenant_id = e.tenant_id AND r.event_id = e.id
  AND r.id > coalesce(t.purged_through, '00000000-0000-0000-0000-000000000000') AND r.erased_at IS NULL`;
/** What was entered after the event had ended is kept as long, counted from then. */
const isDue = `(t.until IS NOT NULL OR r.created_at + ${keptDays} <= clock_timestamp())`;

/**
 * Erases the registrants of events whose retention has ended, by the database's clock, some hundred at a time. The row lock
 * on the event's retention is the claim, so that of several processes one does it.
 */
@Injectable()
export class Purge {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly registrations: RegistrationStore,
    private readonly erasure: Erasure,
    private readonly uploads: ErasedUploads,
  ) {}

  /** @returns how many were erased; none where nobody is due, or another process is at it */
  async next(): Promise<number> {
    return this.transactions.retrying(async (manager) => {
      const due = await this.due(manager);
      if (due === null || !(await this.claim(manager, due))) return 0;
      const { eventId, tenantId } = due;
      await this.events.own(manager, eventId);
      const { now } = await this.events.known(manager, tenantId, eventId);
      const found = await this.dueOf(manager, eventId);
      const registrations = found.slice(0, AT_ONCE);
      const last = registrations.at(-1);
      // Another process had just been here.
      if (last === undefined) return 0;
      await this.erasure.erase(manager, eventId, registrations, now);
      if (found.length <= AT_ONCE) {
        await this.uploads.forgetLines(manager, eventId);
        await this.uploads.forgetResults(manager, eventId, 'of all who are gone');
      }
      await manager.query('UPDATE retention SET purged_through = $2, purged_at = $3 WHERE event_id = $1', [
        eventId,
        last.id,
        now,
      ]);
      return registrations.length;
    });
  }

  private async due(manager: EntityManager): Promise<DueEvent | null> {
    const [due] = await manager.query<DueEvent[]>(
      `SELECT e.id AS "eventId", e.tenant_id AS "tenantId"
         FROM event_copy e LEFT JOIN retention t ON t.event_id = e.id
         CROSS JOIN LATERAL (SELECT r.created_at FROM registration r WHERE ${behindPurge} ORDER BY r.id LIMIT 1) r
        WHERE coalesce(t.until, e.ends_at + ${keptDays}) <= clock_timestamp() AND ${isDue}
        LIMIT 1`,
    );
    return due ?? null;
  }

  private async claim(manager: EntityManager, { eventId, tenantId }: DueEvent): Promise<boolean> {
    await manager.query('INSERT INTO retention (event_id, tenant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      eventId,
      tenantId,
    ]);
    const claimed = await manager.query<unknown[]>(
      'SELECT 1 FROM retention WHERE event_id = $1 FOR UPDATE SKIP LOCKED',
      [eventId],
    );
    return claimed.length > 0;
  }

  private async dueOf(manager: EntityManager, eventId: string): Promise<Registration[]> {
    return this.registrations.read(
      manager,
      `r.id = ANY (ARRAY (
         SELECT r.id FROM event_copy e JOIN retention t ON t.event_id = e.id JOIN registration r ON ${behindPurge}
          WHERE e.id = $1 AND coalesce(t.until, e.ends_at + ${keptDays}) <= clock_timestamp() AND ${isDue}
          ORDER BY r.id LIMIT ${AT_ONCE + 1}))`,
      [eventId],
      'ORDER BY r.id FOR UPDATE OF r',
    );
  }
}
