import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../audit/audit-trail.service';
import { usualLeadDays } from './due.rules';
import { type LeadTimesAnswer } from './lead-times.dto';
import { TenantLeadTimes } from './reminder.entity';

/** A tenant's lead times; commitments are planned by them within a poll of the worker. */
@Injectable()
export class LeadTimesOfTenants {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditTrail,
  ) {}

  async of(caller: Caller): Promise<LeadTimesAnswer> {
    return this.read(this.transactions.manager, caller);
  }

  async change(caller: Caller, version: number, leadDays: readonly number[]): Promise<LeadTimesAnswer> {
    const { tenantId } = caller;
    return this.transactions.run(async (manager) => {
      // The first change has no row to lock.
      await manager.query(
        `INSERT INTO tenant_lead_times (tenant_id, lead_days, version) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`,
        [tenantId, JSON.stringify(usualLeadDays)],
      );
      await manager.query('SELECT FROM tenant_lead_times WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
      const before = await this.read(manager, caller);
      assertVersion(before.version, version);
      const after = { leadDays: [...leadDays], version: version + 1 };
      await manager.save(TenantLeadTimes, { tenantId, ...after });
      const change = { resource: 'commitment-lead-times', resourceId: tenantId, action: 'changed', before, after };
      await this.audit.record(manager, caller, [change]);
      return after;
    });
  }

  private async read(manager: EntityManager, { tenantId }: Caller): Promise<LeadTimesAnswer> {
    const own = await manager.findOneBy(TenantLeadTimes, { tenantId });
    return { leadDays: own?.leadDays ?? [...usualLeadDays], version: own?.version ?? 0 };
  }
}
