import { newId, planned } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type CheckInRow } from './check-in.entity';
import { type CheckIn } from './check-in.rules';

interface Place {
  readonly tenantId: string;
  readonly eventId: string;
}

export function rowOf(checkIn: CheckIn, place: Place, now: Date): CheckInRow {
  return { ...checkIn, ...place, id: newId(), createdAt: now, updatedAt: now };
}

/** Check-ins by the hundred, in as few statements as by the one. */
@Injectable()
export class CheckInStore {
  /** Until the transaction ends nobody else checks anybody in at this event: scan ids and sequences stand still. */
  async own(manager: EntityManager, eventId: string): Promise<void> {
    await planned(manager, 'own check-ins', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [eventId]);
  }

  /** What is kept under these scan ids, and all of these registrations. */
  async known(
    manager: EntityManager,
    eventId: string,
    scanIds: readonly string[],
    registrationIds: readonly string[],
  ): Promise<CheckInRow[]> {
    return planned<CheckInRow>(
      manager,
      'known check-ins',
      `SELECT ${columns} FROM check_in WHERE id = ANY (ARRAY (
         SELECT id FROM check_in WHERE event_id = $1 AND scan_id = ANY ($2)
         UNION ALL
         SELECT id FROM check_in WHERE event_id = $1 AND registration_id = ANY ($3)))`,
      [eventId, scanIds, registrationIds],
    );
  }

  async insert(manager: EntityManager, rows: readonly CheckInRow[]): Promise<void> {
    if (rows.length === 0) return;
    await planned(
      manager,
      'insert check-ins',
      `INSERT INTO check_in (id, tenant_id, event_id, scan_id, content_hash, registration_id, ticket_number, scanned_at,
         day, direction, gate, outcome, conflict, conditions_met, conditions_asked, conditions_unmet, created_at, updated_at)
       SELECT "id", "tenantId", "eventId", "scanId", "contentHash", "registrationId", "ticketNumber", "scannedAt",
         "day", "direction", "gate", "outcome", "conflict", "conditionsMet", "conditionsAsked", "conditionsUnmet",
         "createdAt", "updatedAt"
         FROM jsonb_to_recordset($1::jsonb) AS i ("id" uuid, "tenantId" uuid, "eventId" uuid, "scanId" text,
           "contentHash" text, "registrationId" uuid, "ticketNumber" integer, "scannedAt" timestamptz, "day" date,
           "direction" text, "gate" text, "outcome" text, "conflict" text, "conditionsMet" text[],
           "conditionsAsked" text[], "conditionsUnmet" text[], "createdAt" timestamptz, "updatedAt" timestamptz)`,
      [JSON.stringify(rows)],
    );
  }

  async rejudge(manager: EntityManager, eventId: string, changed: readonly CheckIn[], now: Date): Promise<void> {
    if (changed.length === 0) return;
    const judged = changed.map(({ scanId, outcome, conflict, conditionsUnmet }) => {
      return { scanId, outcome, conflict, conditionsUnmet };
    });
    await planned(
      manager,
      undefined,
      `UPDATE check_in SET outcome = i.outcome, conflict = i.conflict, conditions_unmet = i."conditionsUnmet", updated_at = $3
         FROM jsonb_to_recordset($2::jsonb) AS i ("scanId" text, outcome text, conflict text, "conditionsUnmet" text[])
        WHERE event_id = $1 AND scan_id = i."scanId"`,
      [eventId, JSON.stringify(judged), now],
    );
  }
}

const columns = `id, tenant_id AS "tenantId", event_id AS "eventId", scan_id AS "scanId", content_hash AS "contentHash",
  registration_id AS "registrationId", ticket_number AS "ticketNumber", scanned_at AS "scannedAt",
  to_char(day, 'YYYY-MM-DD') AS day, direction, gate, outcome, conflict, conditions_met AS "conditionsMet",
  conditions_asked AS "conditionsAsked", conditions_unmet AS "conditionsUnmet", created_at AS "createdAt",
  updated_at AS "updatedAt"`;
