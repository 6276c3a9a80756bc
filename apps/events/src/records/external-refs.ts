import { conflict } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';

/** Which record a caller's own code belongs to. */
@Injectable()
export class ExternalRefs {
  /** @throws Problem `external-ref-taken` with the id of the record that has one of them */
  async claim(
    manager: EntityManager,
    tenantId: string,
    resource: string,
    recordId: string,
    refs: readonly ExternalRef[],
  ): Promise<void> {
    if (refs.length === 0) return;
    const systems = refs.map(({ system }) => system);
    const ids = refs.map(({ id }) => id);
    await manager.query(
      `INSERT INTO external_ref (tenant_id, resource, system, external_id, record_id)
       SELECT $1, $2, system, external_id, $3 FROM unnest($4::text[], $5::text[]) AS ref (system, external_id)
       ON CONFLICT DO NOTHING`,
      [tenantId, resource, recordId, systems, ids],
    );
    const taken = await manager.query<{ system: string; record_id: string }[]>(
      `SELECT system, record_id FROM external_ref
       JOIN unnest($3::text[], $4::text[]) AS ref (system, external_id) USING (system, external_id)
       WHERE tenant_id = $1 AND resource = $2 AND record_id <> $5`,
      [tenantId, resource, systems, ids, recordId],
    );
    const [first] = taken;
    if (first !== undefined) {
      const detail = `Another ${resource} has this external reference of ${first.system}.`;
      throw conflict('external-ref-taken', detail, { id: first.record_id });
    }
  }

  async replace(
    manager: EntityManager,
    tenantId: string,
    resource: string,
    recordId: string,
    refs: readonly ExternalRef[],
  ): Promise<void> {
    await this.release(manager, tenantId, recordId);
    await this.claim(manager, tenantId, resource, recordId, refs);
  }

  private async release(manager: EntityManager, tenantId: string, recordId: string): Promise<void> {
    await manager.query('DELETE FROM external_ref WHERE tenant_id = $1 AND record_id = $2', [tenantId, recordId]);
  }

  /** From a duplicate to the record that stands for it. */
  async move(manager: EntityManager, tenantId: string, from: string, to: string): Promise<void> {
    await manager.query('UPDATE external_ref SET record_id = $3 WHERE tenant_id = $1 AND record_id = $2', [
      tenantId,
      from,
      to,
    ]);
  }

  /** Of an event and of everything that is deleted with it. */
  async releaseOfEvent(manager: EntityManager, tenantId: string, eventId: string): Promise<void> {
    await manager.query(
      `DELETE FROM external_ref WHERE tenant_id = $1 AND record_id IN (
         SELECT $2::uuid
         UNION ALL SELECT id FROM session WHERE event_id = $2
         UNION ALL SELECT id FROM participation WHERE event_id = $2
         UNION ALL SELECT id FROM statement WHERE event_id = $2
       )`,
      [tenantId, eventId],
    );
  }

  /** The records that have any of these; each once. */
  async owners(
    manager: EntityManager,
    tenantId: string,
    resource: string,
    refs: readonly ExternalRef[],
  ): Promise<string[]> {
    const rows = await manager.query<{ record_id: string }[]>(
      `SELECT DISTINCT record_id FROM external_ref
       JOIN unnest($3::text[], $4::text[]) AS ref (system, external_id) USING (system, external_id)
       WHERE tenant_id = $1 AND resource = $2`,
      [tenantId, resource, refs.map(({ system }) => system), refs.map(({ id }) => id)],
    );
    return rows.map(({ record_id: id }) => id);
  }

  /** At most one id. */
  async find(
    manager: EntityManager,
    tenantId: string,
    resource: string,
    system: string,
    externalId: string,
  ): Promise<string[]> {
    const rows = await manager.query<{ record_id: string }[]>(
      `SELECT record_id FROM external_ref
       WHERE tenant_id = $1 AND resource = $2 AND system = $3 AND external_id = $4`,
      [tenantId, resource, system, externalId],
    );
    return rows.map(({ record_id: id }) => id);
  }
}
