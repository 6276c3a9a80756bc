import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type ExternalRef, type PartialDate, type PersonName } from '@expo-accord/values';
import { type IdentityDocument, nobody, type Registration, type RegistrationStatus } from './registration';

interface Row {
  id: string;
  tenant_id: string;
  event_id: string;
  status: RegistrationStatus;
  category: string;
  economy: string | null;
  mode: string;
  language: string | null;
  organization_id: string | null;
  session_ids: string[];
  delegation_id: string | null;
  notify: boolean;
  historical: boolean;
  synthetic: boolean;
  form_version: number | null;
  registered_on: PartialDate | null;
  external_refs: ExternalRef[];
  fingerprint: string | null;
  tickets_ended_at: Date[];
  erased_at: Date | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  name: PersonName;
  email: string | null;
  phone: string | null;
  document: IdentityDocument | null;
  organization_name: string | null;
  answers: Record<string, unknown>;
}

const columns = `r.id, r.tenant_id, r.event_id, r.status, r.category, r.economy, r.mode, r.language, r.organization_id,
  r.session_ids, r.delegation_id, r.notify, r.historical, r.synthetic, r.form_version, r.registered_on, r.external_refs,
  r.fingerprint, r.tickets_ended_at, r.erased_at, r.version, r.created_at, r.updated_at, p.name, p.email, p.phone, p.document, p.organization_name, p.answers`;

const recordColumns = `id uuid, tenant_id uuid, event_id uuid, status text, category text, economy text, mode text,
  language text, organization_id uuid, session_ids uuid[], delegation_id uuid, notify boolean,
  historical boolean, synthetic boolean, form_version integer,
  registered_on jsonb, external_refs jsonb, fingerprint text, tickets_ended_at timestamptz[], version integer,
  created_at timestamptz, updated_at timestamptz, name jsonb, email text, phone text, document jsonb, organization_name text, answers jsonb`;

/** Registrations and the persons behind them, read and written by the hundred in as few statements as by the one. */
@Injectable()
export class RegistrationStore {
  /** `condition` is SQL over `r` (registration), with parameters from $1. */
  async read(manager: EntityManager, condition: string, parameters: unknown[], tail = ''): Promise<Registration[]> {
    const rows = await planned<Row>(
      manager,
      undefined,
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
   * Registrations that one of these references or persons already has; persons within the event only. Their ids are
   * found first, as an array: joined to them, the planner reads whole tables while an import lets them grow.
   */
  async existing(
    manager: EntityManager,
    sought: { tenantId: string; eventId: string; refs: readonly ExternalRef[]; fingerprints: readonly string[] },
    lock: boolean,
  ): Promise<Registration[]> {
    return this.read(
      manager,
      `r.tenant_id = $1 AND r.id = ANY (ARRAY (
         SELECT f.registration_id FROM unnest($3::text[], $4::text[]) AS s (system, id)
           JOIN registration_ref f ON f.tenant_id = $1 AND f.system = s.system AND f.external_id = s.id
         UNION
         SELECT id FROM registration
          WHERE event_id = $2 AND fingerprint = ANY ($5) AND status <> 'cancelled' AND status <> 'declined'))`,
      [
        sought.tenantId,
        sought.eventId,
        sought.refs.map((r) => r.system),
        sought.refs.map((r) => r.id),
        sought.fingerprints,
      ],
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
    await manager.query(
      `UPDATE registration r SET status = i.status, version = i.version, updated_at = i.updated_at
         FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, status text, version integer, updated_at timestamptz)
        WHERE r.id = i.id`,
      [
        JSON.stringify(
          registrations.map(({ id, status, version, updatedAt: updated_at }) => ({ id, status, version, updated_at })),
        ),
      ],
    );
  }

  /** Forgets for a moment who these are: of several changes in one transaction the first must not stand in the last's way. */
  async release(manager: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await manager.query('UPDATE registration SET fingerprint = NULL WHERE id = ANY ($1)', [ids]);
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

function registrationOf(row: Row): Registration {
  const isErased = row.erased_at !== null;
  const organization = { id: row.organization_id, name: isErased ? null : row.organization_name };
  return {
    id: row.id,
    tenantId: row.tenant_id,
    eventId: row.event_id,
    status: row.status,
    category: row.category,
    economy: row.economy,
    mode: row.mode,
    language: row.language,
    sessionIds: row.session_ids,
    delegationId: row.delegation_id,
    organization: organization.id === null && organization.name === null ? null : organization,
    // A registrant that was read while it was being erased is one no longer.
    person: isErased ? nobody : { name: row.name, email: row.email, phone: row.phone, document: row.document },
    answers: isErased ? {} : row.answers,
    formVersion: row.form_version,
    notify: row.notify,
    historical: row.historical,
    synthetic: row.synthetic,
    registeredOn: row.registered_on,
    externalRefs: row.external_refs,
    fingerprint: row.fingerprint,
    ticketsEndedAt: row.tickets_ended_at,
    erasedAt: row.erased_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function rowOf(registration: Registration): Row {
  const { person, organization } = registration;
  return {
    id: registration.id,
    tenant_id: registration.tenantId,
    event_id: registration.eventId,
    status: registration.status,
    category: registration.category,
    economy: registration.economy,
    mode: registration.mode,
    language: registration.language,
    organization_id: organization?.id ?? null,
    session_ids: [...registration.sessionIds],
    delegation_id: registration.delegationId,
    notify: registration.notify,
    historical: registration.historical,
    synthetic: registration.synthetic,
    form_version: registration.formVersion,
    registered_on: registration.registeredOn,
    external_refs: [...registration.externalRefs],
    fingerprint: registration.fingerprint,
    tickets_ended_at: [...registration.ticketsEndedAt],
    erased_at: registration.erasedAt,
    version: registration.version,
    created_at: registration.createdAt,
    updated_at: registration.updatedAt,
    name: person.name,
    email: person.email,
    phone: person.phone,
    document: person.document,
    organization_name: organization?.name ?? null,
    answers: registration.answers,
  };
}
