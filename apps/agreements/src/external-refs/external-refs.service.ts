import { Injectable } from '@nestjs/common';
import { conflict } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';

/** A resource and the caller's own codes for it. */
export interface Referenced {
  id: string;
  tenantId: string;
  externalRefs: ExternalRef[];
}

/** The service's one register of callers' codes: a code belongs to at most one resource of a kind and tenant. */
@Injectable()
export class ExternalRefs {
  /** Throws a conflict if one of the codes belongs to another resource. */
  async claim(manager: EntityManager, resource: string, owners: readonly Referenced[]): Promise<void> {
    const wanted = owners.flatMap((owner) =>
      owner.externalRefs.map((ref) => ({ ...ref, tenantId: owner.tenantId, ownerId: owner.id })),
    );
    if (wanted.length === 0) return;
    const taken = await manager.query<{ system: string; external_id: string; resource_id: string }[]>(
      `WITH wanted AS (
         SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[]) AS w(tenant_id, system, external_id, resource_id)
       ), claimed AS (
         INSERT INTO external_ref_claim (tenant_id, resource, system, external_id, resource_id)
         SELECT DISTINCT ON (tenant_id, system, external_id) tenant_id, $1, system, external_id, resource_id
         FROM wanted ORDER BY tenant_id, system, external_id
         ON CONFLICT (tenant_id, resource, system, external_id) DO UPDATE SET resource_id = external_ref_claim.resource_id
         RETURNING system, external_id, resource_id
       )
       SELECT c.* FROM claimed c JOIN wanted w USING (system, external_id) WHERE c.resource_id <> w.resource_id`,
      [
        resource,
        wanted.map((each) => each.tenantId),
        wanted.map((each) => each.system),
        wanted.map((each) => each.id),
        wanted.map((each) => each.ownerId),
      ],
    );
    const [first] = taken;
    if (first) {
      const detail = `The code ${first.system}:${first.external_id} already belongs to ${resource}/${first.resource_id}.`;
      throw conflict('external-ref-taken', detail, {
        ref: `${first.system}:${first.external_id}`,
        id: first.resource_id,
      });
    }
  }

  /** Gives up what the resource had claimed and claims what it has now. */
  async replace(manager: EntityManager, resource: string, owner: Referenced): Promise<void> {
    await this.release(manager, owner.id);
    await this.claim(manager, resource, [owner]);
  }

  async release(manager: EntityManager, resourceId: string): Promise<void> {
    await manager.query('DELETE FROM external_ref_claim WHERE resource_id = $1', [resourceId]);
  }

  /** Which resource each of the codes belongs to, under the key that `refKey` gives. */
  async owners(
    manager: EntityManager,
    resource: string,
    tenantId: string,
    refs: readonly ExternalRef[],
  ): Promise<Map<string, string>> {
    if (refs.length === 0) return new Map();
    const rows = await manager.query<{ system: string; external_id: string; resource_id: string }[]>(
      `SELECT system, external_id, resource_id
       FROM external_ref_claim JOIN unnest($3::text[], $4::text[]) AS w(system, external_id) USING (system, external_id)
       WHERE tenant_id = $1 AND resource = $2`,
      [tenantId, resource, refs.map((ref) => ref.system), refs.map((ref) => ref.id)],
    );
    return new Map(rows.map((row) => [refKey({ system: row.system, id: row.external_id }), row.resource_id]));
  }
}

/** A system's name has no colon, so this is unambiguous. */
export const refKey = (ref: ExternalRef): string => `${ref.system}:${ref.id}`;
