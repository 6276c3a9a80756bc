import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type DataOf, type organizationMerged } from '@expo-accord/contracts';
import { type EntityManager } from 'typeorm';
import { MergedOrganization } from './merged-organization.entity';
import { organizationIdsIn, withSurvivors } from './organization-ids';

interface Told {
  readonly tenantId: string;
  readonly data: DataOf<typeof organizationMerged>;
}

/** Which organisation stands for which, from messages alone. */
@Injectable()
export class MergedOrganizations {
  constructor(private readonly transactions: Transactions) {}

  /** For the consumer of `organization.merged`. An organisation is merged once, so that repetitions say the same. */
  async keep(manager: EntityManager, messages: readonly Told[]): Promise<void> {
    const rows = messages.map(({ tenantId, data: { organizationId: id, survivorId } }) => ({
      id,
      tenantId,
      survivorId,
    }));
    await manager.upsert(MergedOrganization, rows, ['id']);
  }

  /** The answer with each organisation in it named by what stands for it now. */
  async asTheyStand<T>(tenantId: string, answer: T): Promise<T> {
    const ids = organizationIdsIn(answer);
    if (ids.length === 0) return answer;
    const survivors = await this.survivorsOf(tenantId, ids);
    return survivors.size === 0 ? answer : withSurvivors(answer, survivors);
  }

  /**
   * What stands now for those of the organisations that were merged. Followed from one to the next, because messages
   * about different organisations arrive in any order.
   */
  async survivorsOf(tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.transactions.manager.query<{ id: string; survivorId: string }[]>(
      `WITH RECURSIVE step (id, at) AS (
         SELECT id, survivor_id FROM merged_organization WHERE tenant_id = $1 AND id = ANY ($2)
         UNION
         SELECT step.id, next.survivor_id FROM step
           JOIN merged_organization next ON next.tenant_id = $1 AND next.id = step.at
       )
       SELECT id, at AS "survivorId" FROM step
        WHERE NOT EXISTS (SELECT 1 FROM merged_organization next WHERE next.tenant_id = $1 AND next.id = step.at)`,
      [tenantId, ids],
    );
    return new Map(rows.map(({ id, survivorId }) => [id, survivorId]));
  }
}
