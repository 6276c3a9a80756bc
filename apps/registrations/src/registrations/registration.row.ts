import { type ExternalRef, type PartialDate, type PersonName } from '@expo-accord/values';
import { type IdentityDocument, nobody, type Registration, type RegistrationStatus } from './registration';

/** A registration and the person behind it, joined, as the database names things. */
export interface Row {
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

export const columns = `r.id, r.tenant_id, r.event_id, r.status, r.category, r.economy, r.mode, r.language, r.organization_id,
  r.session_ids, r.delegation_id, r.notify, r.historical, r.synthetic, r.form_version, r.registered_on, r.external_refs,
  r.fingerprint, r.tickets_ended_at, r.erased_at, r.version, r.created_at, r.updated_at, p.name, p.email, p.phone, p.document, p.organization_name, p.answers`;

export const recordColumns = `id uuid, tenant_id uuid, event_id uuid, status text, category text, economy text, mode text,
  language text, organization_id uuid, session_ids uuid[], delegation_id uuid, notify boolean,
  historical boolean, synthetic boolean, form_version integer,
  registered_on jsonb, external_refs jsonb, fingerprint text, tickets_ended_at timestamptz[], version integer,
  created_at timestamptz, updated_at timestamptz, name jsonb, email text, phone text, document jsonb, organization_name text, answers jsonb`;

export function registrationOf(row: Row): Registration {
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

export function rowOf(registration: Registration): Row {
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
