import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntryCondition } from '@expo-accord/contracts';
import { eventNotYetKnown } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { personIdentities, type PersonIdentity } from '../registrations/person-fingerprint';
import { type EventNow } from './event-copy.rules';

export interface KnownEvent extends EventNow {
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly endsAt: Date | null;
  readonly economies: string[];
  readonly sessionIds: string[];
  readonly entryConditions: EntryCondition[];
  readonly historical: boolean;
  /** Whether anybody was erased from it: where nobody was, nobody has to be looked up. */
  readonly hasErasures: boolean;
  /** The newest version of its registration forms, null where it asks nothing. */
  readonly newestForm: number | null;
  readonly personIdentity: PersonIdentity;
  /** The database's clock when it was read. */
  readonly now: Date;
}

/** Reads the copies of events, and holds an event still for those who change what belongs to it. */
@Injectable()
export class EventCopyStore {
  /** @throws Problem event-not-yet-known: there is none, it is another tenant's, or its message has not arrived yet. */
  async known(manager: EntityManager, tenantId: string, eventId: string): Promise<KnownEvent> {
    const [event] = await planned<KnownEvent>(
      manager,
      'known event',
      `SELECT id, status, synthetic, historical, economies, session_ids AS "sessionIds",
              opens_at AS "opensAt", closes_at AS "closesAt",
              ends_at AS "endsAt", entry_conditions AS "entryConditions",
              EXISTS (SELECT 1 FROM erasure_mark m WHERE m.event_id = event_copy.id) AS "hasErasures",
              (SELECT max(version) FROM registration_form f WHERE f.event_id = event_copy.id) AS "newestForm",
              coalesce((SELECT person_identity FROM registration_settings s WHERE s.event_id = event_copy.id),
                       '${personIdentities[0]}') AS "personIdentity",
              clock_timestamp() AS now,
              opens_at IS NULL OR opens_at <= clock_timestamp() AS "windowBegun",
              closes_at IS NOT NULL AND closes_at <= clock_timestamp() AS "windowOver"
         FROM event_copy WHERE tenant_id = $1 AND id = $2`,
      [tenantId, eventId],
    );
    if (event === undefined) throw eventNotYetKnown(eventId);
    return event;
  }

  /** For one sign-up or one change of a registration, beside others: until the transaction ends. */
  async share(manager: EntityManager, eventId: string): Promise<void> {
    const lock = `SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0)), ${byKeptPlans}`;
    await planned(manager, 'share event', lock, [eventId]);
  }

  /** For what has to see all registrations of the event at rest: a chunk of an import, a new quota. */
  async own(manager: EntityManager, eventId: string): Promise<void> {
    const lock = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)), ${byKeptPlans}`;
    await planned(manager, 'own event', lock, [eventId]);
  }
}

/**
 * Until the transaction ends. Its statements are planned once by each connection, for any values: PostgreSQL would rather
 * plan those again that name few rows, and takes longer for that than to do them. And not for as many rows as there are
 * today: of a small table it would rather read everything, and a minute later an import has made it a large one.
 */
const byKeptPlans = `set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)`;
