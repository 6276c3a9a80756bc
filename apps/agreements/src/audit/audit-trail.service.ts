import { Injectable } from '@nestjs/common';
import { newId } from '@expo-accord/database';
import { type Caller, type Page, type PageQuery, paginate } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { AuditEntry } from './audit-entry.entity';

export interface Change {
  resource: string;
  resourceId: string;
  /** created, changed, deleted, or the name of the action. */
  action: string;
  reason?: string | null;
  before: object | null;
  after: object | null;
}

/** What was done to a resource of this service, by which key. */
@Injectable()
export class AuditTrail {
  async record(
    manager: EntityManager,
    caller: Pick<Caller, 'tenantId' | 'keyId'>,
    changes: readonly Change[],
  ): Promise<void> {
    if (changes.length === 0) return;
    const at = new Date();
    const entries = changes.map((change) => ({
      id: newId(),
      tenantId: caller.tenantId,
      keyId: caller.keyId,
      at,
      ...change,
      reason: change.reason ?? null,
    }));
    await manager.query(
      `INSERT INTO audit_entry (id, tenant_id, resource, resource_id, at, key_id, action, reason, before, after)
       SELECT id, "tenantId", resource, "resourceId", at, "keyId", action, reason, before, after
       FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, "tenantId" uuid, resource text, "resourceId" uuid,
         at timestamptz, "keyId" text, action text, reason text, before jsonb, after jsonb)`,
      [JSON.stringify(entries)],
    );
  }

  /** The entries of one resource, oldest first. */
  async entriesOf(
    manager: EntityManager,
    caller: Caller,
    resource: string,
    resourceId: string,
    page: PageQuery,
  ): Promise<Page<AuditEntry>> {
    const query = manager
      .createQueryBuilder(AuditEntry, 'entry')
      .where({ tenantId: caller.tenantId, resource, resourceId });
    return paginate(query, page);
  }
}
