import { Injectable } from '@nestjs/common';
import { AuditEntry, type ChainVerified, verifyChain } from '@expo-accord/audit';
import { type Caller, notFound, type Page, paginate } from '@expo-accord/http';
import { DataSource } from 'typeorm';
import { type AuditQuery } from './audit.dto';
import { auditView, type AuditView } from './audit.view';

/** Also of what is gone, as a draft that was deleted: the trail outlives it. */
@Injectable()
export class AuditReads {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest first. */
  async entries(
    caller: Caller,
    resource: string,
    resourceId: string,
    { action, ...page }: AuditQuery,
  ): Promise<Page<AuditView>> {
    const key = { tenantId: caller.tenantId, resource, resourceId };
    const query = this.dataSource.manager.createQueryBuilder(AuditEntry, 'entry').where(key);
    if (action !== undefined) query.andWhere('entry.action = :action', { action });
    const { items, nextCursor } = await paginate(query, page, { by: 'sequence' });
    if (items.length === 0 && page.cursor === undefined) await this.assertTrail(key);
    return { items: items.map(auditView), nextCursor };
  }

  async verified(
    caller: Caller,
    resource: string,
    resourceId: string,
  ): Promise<Omit<ChainVerified, 'tenantId'> & { sound: boolean }> {
    const verified = await verifyChain(this.dataSource, { tenantId: caller.tenantId, resource, resourceId });
    if (!verified) throw notFound('audit trail', resourceId);
    const { tenantId: _, ...answer } = verified;
    return { ...answer, sound: answer.fault === null };
  }

  private async assertTrail(key: { tenantId: string; resource: string; resourceId: string }): Promise<void> {
    if (!(await this.dataSource.manager.existsBy(AuditEntry, key))) throw notFound('audit trail', key.resourceId);
  }
}
