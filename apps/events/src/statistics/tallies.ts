import {
  type AgreementSnapshot,
  type AgreementWithheld,
  type ProjectSnapshot,
  type RegistrationSnapshot,
} from '@expo-accord/contracts';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { lastOfEach, registrationChanges } from './tally.rules';

interface Told<D> {
  readonly tenantId: string;
  readonly data: D;
}

/** Writes what messages tell into the tallies: one statement a batch, however many messages it has. */
@Injectable()
export class Tallies {
  async countRegistrations(manager: EntityManager, messages: readonly Told<RegistrationSnapshot>[]): Promise<void> {
    const changes = registrationChanges(messages);
    if (changes.length === 0) return;
    await manager.query(
      `INSERT INTO counted_registrations (tenant_id, event_id, status, count)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[])
       ON CONFLICT (tenant_id, event_id, status) DO UPDATE SET count = counted_registrations.count + EXCLUDED.count`,
      [
        changes.map(({ tenantId }) => tenantId),
        changes.map(({ eventId }) => eventId),
        changes.map(({ status }) => status),
        changes.map(({ count }) => count),
      ],
    );
  }

  async keepProjects(manager: EntityManager, messages: readonly Told<ProjectSnapshot>[]): Promise<void> {
    const rows = lastOfEach(messages, ({ data }) => data.projectId).map(({ tenantId, data }) => ({
      project_id: data.projectId,
      tenant_id: tenantId,
      event_id: data.eventId,
      status: data.status,
      currency: data.investment?.currency ?? null,
      ...(data.investment ?? {}),
    }));
    await manager.query(
      `INSERT INTO counted_project
       SELECT project_id, tenant_id, event_id, status, currency, qualifier, value, lower, upper, inclusive
       FROM jsonb_populate_recordset(NULL::counted_project, $1::jsonb) ORDER BY project_id
       ON CONFLICT (project_id) DO UPDATE SET
         event_id = EXCLUDED.event_id, status = EXCLUDED.status, currency = EXCLUDED.currency,
         qualifier = EXCLUDED.qualifier, value = EXCLUDED.value, lower = EXCLUDED.lower, upper = EXCLUDED.upper,
         inclusive = EXCLUDED.inclusive`,
      [JSON.stringify(rows)],
    );
  }

  /** What is public no longer counts no longer. */
  async keepAgreements(
    manager: EntityManager,
    messages: readonly Told<AgreementSnapshot | AgreementWithheld>[],
  ): Promise<void> {
    const last = lastOfEach(messages, ({ data }) => data.agreementId);
    const rows = last.flatMap(({ tenantId, data }) => ('status' in data ? [{ tenantId, data }] : []));
    const gone = last.flatMap(({ data }) => ('status' in data ? [] : [data.agreementId]));
    if (gone.length > 0) {
      await manager.query('DELETE FROM counted_agreement WHERE agreement_id = ANY($1::uuid[])', [gone]);
    }
    await manager.query(
      `INSERT INTO counted_agreement (agreement_id, tenant_id, event_id, status)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS told (id) ORDER BY id
       ON CONFLICT (agreement_id) DO UPDATE SET event_id = EXCLUDED.event_id, status = EXCLUDED.status`,
      [
        rows.map(({ data }) => data.agreementId),
        rows.map(({ tenantId }) => tenantId),
        rows.map(({ data }) => data.eventId),
        rows.map(({ data }) => data.status),
      ],
    );
  }
}
