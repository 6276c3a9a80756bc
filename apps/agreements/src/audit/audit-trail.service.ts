import { Injectable } from '@nestjs/common';
import { chained, type ChainedEntry, type ChainEnd } from '@expo-accord/audit';
import { newId, planned } from '@expo-accord/database';
import { type Caller } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';

export interface Change {
  resource: string;
  resourceId: string;
  /** created, changed, deleted, or the name of the action. */
  action: string;
  reason?: string | null;
  /** Null for what is new: the resource, or a part of it. */
  before: object | null;
  after: object | null;
}

/** What was done to a resource of this service, by which key: one chain of entries a resource. */
@Injectable()
export class AuditTrail {
  /** In the transaction of the change, whose resources are locked by it: nobody else adds to their chains meanwhile. */
  async record(
    manager: EntityManager,
    caller: Pick<Caller, 'tenantId' | 'keyId'>,
    changes: readonly Change[],
  ): Promise<void> {
    if (changes.length === 0) return;
    await this.chain(manager, caller, changes, await this.endsOf(manager, caller.tenantId, changes));
  }

  /** As `record`, but for whoever has something to ask together with `endsOf`, or to write together with this. */
  async chain(
    manager: EntityManager,
    { tenantId, keyId }: Pick<Caller, 'tenantId' | 'keyId'>,
    changes: readonly Change[],
    ends: Map<string, ChainEnd>,
  ): Promise<void> {
    const at = new Date();
    const entries = changes.map((change): ChainedEntry => {
      const { reason = null, resource, resourceId, action, before, after } = change;
      const said = { id: newId(), tenantId, keyId, at, resource, resourceId, action, reason, before, after };
      const entry = chained(said, ends.get(chainOf(change)) ?? null);
      ends.set(chainOf(change), { length: entry.sequence, headHash: entry.hash });
      return entry;
    });
    const grown = new Map(entries.map((entry) => [chainOf(entry), entry]));
    await planned(
      manager,
      'chain audit entries',
      `WITH added AS (
         INSERT INTO audit_entry (id, tenant_id, resource, resource_id, sequence, at, key_id, action, reason, before,
           after, salt, digests, hash)
         SELECT id, "tenantId", resource, "resourceId", sequence, at, "keyId", action, reason, before,
           after, salt, digests, hash
         FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, "tenantId" uuid, resource text, "resourceId" uuid,
           sequence integer, at timestamptz, "keyId" text, action text, reason text, before jsonb, after jsonb,
           salt text, digests jsonb, hash text)
       )
       INSERT INTO audit_chain (tenant_id, resource, resource_id, length, head_hash)
       SELECT $2, * FROM unnest($3::text[], $4::uuid[], $5::integer[], $6::text[])
       ON CONFLICT (tenant_id, resource, resource_id)
         DO UPDATE SET length = EXCLUDED.length, head_hash = EXCLUDED.head_hash`,
      [
        JSON.stringify(entries),
        tenantId,
        [...grown.values()].map(({ resource }) => resource),
        [...grown.values()].map(({ resourceId }) => resourceId),
        [...grown.values()].map(({ sequence }) => sequence),
        [...grown.values()].map(({ hash }) => hash),
      ],
    );
  }

  /** Where the chains of these resources end. Nothing is asked of one that is new, which is most of an import. */
  async endsOf(manager: EntityManager, tenantId: string, changes: readonly Change[]): Promise<Map<string, ChainEnd>> {
    const older = changes.filter(({ action }) => action !== 'created');
    if (older.length === 0) return new Map();
    const ends = await planned<ChainEnd & Pick<Change, 'resource' | 'resourceId'>>(
      manager,
      undefined,
      `SELECT resource, resource_id AS "resourceId", length, head_hash AS "headHash" FROM audit_chain
       WHERE tenant_id = $1 AND resource = ANY ($2) AND resource_id = ANY ($3)`,
      [tenantId, [...new Set(older.map(({ resource }) => resource))], older.map(({ resourceId }) => resourceId)],
    );
    return new Map(ends.map((end) => [chainOf(end), end]));
  }
}

const chainOf = ({ resource, resourceId }: Pick<Change, 'resource' | 'resourceId'>): string =>
  `${resource}/${resourceId}`;
