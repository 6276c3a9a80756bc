import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type ExternalRef } from '@expo-accord/values';
import { type Registration } from './registration';
import { columns, recordColumns, registrationOf, type Row, rowOf } from './registration.row';

/**
 * With $1 the tenant, $2 the event, $3 and $4 references and $5 persons. Each is looked up by itself, which the limits are for,
 * and registrations are read by an array of what is found: joined, whole tables would be read while an import lets them grow.
 */
const idsOfExisting = `
  SELECT found.id FROM unnest($3::text[], $4::text[]) AS ref (system, id) CROSS JOIN LATERAL (
    SELECT registration_id AS id FROM registration_ref f
     WHERE f.tenant_id = $1 AND f.system = ref.system AND f.external_id = ref.id LIMIT 1) AS found
  UNION ALL
  SELECT found.id FROM unnest($5::text[]) AS person CROSS JOIN LATERAL (
    SELECT id FROM registration
     WHERE event_id = $2 AND fingerprint = person AND status <> 'cancelled' AND status <> 'declined' LIMIT 1) AS found`;

/** Registrations and the persons behind them, read and written by the hundred in as few statements as by the one. */
@Injectable()
export class RegistrationStore {
  /**
   * `condition` is SQL over `r` (registration), with parameters from $1.
   * @param name of the plan, for what is asked often
   */
  async read(
    manager: EntityManager,
    condition: string,
    parameters: unknown[],
    tail = '',
    name?: string,
  ): Promise<Registration[]> {
    const rows = await planned<Row>(
      manager,
      name,
      `SELECT ${columns} FROM registration r LEFT JOIN registrant p ON p.registration_id = r.id WHERE ${condition} ${tail}`,
      parameters,
    );
    return rows.map(registrationOf);
  }

  async byId(manager: EntityManager, tenantId: string, id: string, lock = false): Promise<Registration | undefined> {
    const tail = lock ? 'FOR UPDATE OF r' : '';
    return (await this.read(manager, 'r.tenant_id = $1 AND r.id = $2', [tenantId, id], tail))[0];
  }

  /**
   * Registrations that one of these references or persons already has; persons within the event only. Mostly there are none,
   * and to plan how they would be read costs more than to find that out. To be asked once the event is held.
   */
  async existing(
    manager: EntityManager,
    sought: { tenantId: string; eventId: string; refs: readonly ExternalRef[]; fingerprints: readonly string[] },
    lock: boolean,
  ): Promise<Registration[]> {
    const parameters = [
      sought.tenantId,
      sought.eventId,
      sought.refs.map((r) => r.system),
      sought.refs.map((r) => r.id),
      sought.fingerprints,
    ];
    if (!lock && (await planned(manager, 'ids of existing registrations', idsOfExisting, parameters)).length === 0) {
      return [];
    }
    return this.read(
      manager,
      `r.tenant_id = $1 AND r.id = ANY (ARRAY (${idsOfExisting}))`,
      parameters,
      lock ? 'ORDER BY r.id FOR UPDATE OF r' : '',
    );
  }

  async insert(manager: EntityManager, registrations: readonly Registration[]): Promise<void> {
    if (registrations.length === 0) return;
    await planned(
      manager,
      'insert registrations',
      `WITH input AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS i (${recordColumns})),
       people AS (
         INSERT INTO registrant (registration_id, tenant_id, name, email, phone, document, organization_name, answers)
         SELECT id, tenant_id, name, email, phone, document, organization_name, answers FROM input),
       refs AS (
         INSERT INTO registration_ref (tenant_id, system, external_id, registration_id)
         SELECT input.tenant_id, ref.system, ref.id, input.id
           FROM input, jsonb_to_recordset(input.external_refs) AS ref (system text, id text))
       INSERT INTO registration (id, tenant_id, event_id, status, category, economy, mode, language, organization_id,
         session_ids, delegation_id, notify, historical, synthetic, form_version, registered_on, external_refs,
         fingerprint, tickets_ended_at,
         version, created_at, updated_at)
       SELECT id, tenant_id, event_id, status, category, economy, mode, language, organization_id, session_ids,
         delegation_id, notify, historical, synthetic, form_version, registered_on, external_refs, fingerprint,
         tickets_ended_at, version, created_at, updated_at
         FROM input`,
      [JSON.stringify(registrations.map(rowOf))],
    );
  }

  /** For those of which nothing but the status has changed: two statements fewer, and the person left alone. */
  async updateStatus(manager: EntityManager, registrations: readonly Registration[]): Promise<void> {
    if (registrations.length === 0) return;
    await planned(
      manager,
      undefined,
      `UPDATE registration r SET status = i.status, tickets_ended_at = i.tickets_ended_at, version = i.version,
              updated_at = i.updated_at
         FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, status text, tickets_ended_at timestamptz[], version integer,
              updated_at timestamptz)
        WHERE r.id = i.id`,
      [
        JSON.stringify(
          registrations.map(({ id, status, ticketsEndedAt, version, updatedAt: updated_at }) => ({
            id,
            status,
            tickets_ended_at: ticketsEndedAt,
            version,
            updated_at,
          })),
        ),
      ],
    );
  }

  /** Forgets for a moment who these are: of several changes in one transaction the first must not stand in the last's way. */
  async release(manager: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const sql = 'UPDATE registration SET fingerprint = NULL WHERE id = ANY ($1)';
    await planned(manager, undefined, sql, [ids]);
  }

  async update(manager: EntityManager, registrations: readonly Registration[]): Promise<void> {
    if (registrations.length === 0) return;
    const rows = JSON.stringify(registrations.map(rowOf));
    await manager.query(
      `WITH input AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS i (${recordColumns})),
       people AS (
         UPDATE registrant p SET name = i.name, email = i.email, phone = i.phone, document = i.document,
                organization_name = i.organization_name, answers = i.answers
           FROM input i WHERE p.registration_id = i.id)
       UPDATE registration r SET status = i.status, category = i.category, economy = i.economy, mode = i.mode,
              language = i.language, organization_id = i.organization_id, session_ids = i.session_ids, notify = i.notify,
              form_version = i.form_version, registered_on = i.registered_on, external_refs = i.external_refs,
              fingerprint = i.fingerprint, tickets_ended_at = i.tickets_ended_at, version = i.version,
              updated_at = i.updated_at
         FROM input i WHERE r.id = i.id`,
      [rows],
    );
    const ids = registrations.map(({ id }) => id);
    // Two statements, because one could not see that a reference it gives had been taken away before.
    const refs = `SELECT i.tenant_id, ref.system, ref.id AS external_id, i.id AS registration_id
      FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, tenant_id uuid, external_refs jsonb),
           jsonb_to_recordset(i.external_refs) AS ref (system text, id text)`;
    await manager.query(
      `DELETE FROM registration_ref f WHERE f.registration_id = ANY ($2)
          AND NOT EXISTS (SELECT 1 FROM (${refs}) n WHERE n.system = f.system AND n.external_id = f.external_id
                             AND n.registration_id = f.registration_id)`,
      [rows, ids],
    );
    await manager.query(
      `INSERT INTO registration_ref (tenant_id, system, external_id, registration_id)
       SELECT n.* FROM (${refs}) n WHERE NOT EXISTS (
         SELECT 1 FROM registration_ref f WHERE f.registration_id = ANY ($2) AND f.tenant_id = n.tenant_id
            AND f.system = n.system AND f.external_id = n.external_id AND f.registration_id = n.registration_id)`,
      [rows, ids],
    );
  }
}
