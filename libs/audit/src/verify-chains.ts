import { type DataSource, type EntityManager, In } from 'typeorm';
import { AuditChain } from './audit-chain.entity';
import { AuditEntry } from './audit-entry.entity';
import { type ChainFault, firstFault } from './chain.rules';

export interface ChainKey {
  tenantId: string;
  resource: string;
  resourceId: string;
}

export type FaultyChain = ChainKey & { fault: ChainFault };

export interface ChainsVerified {
  chains: number;
  entries: number;
  /** Entries whose content was erased; the chain holds without it. */
  erased: number;
  faults: FaultyChain[];
}

export type ChainVerified = ChainKey & {
  entries: number;
  erased: number;
  /** To be kept elsewhere by whoever wants to prove later what the trail said today; null where there is none. */
  headHash: string | null;
  fault: ChainFault | null;
};

const CHAINS_AT_ONCE = 200;

/** One resource's chain; undefined where there is neither an entry nor an end of it. */
export async function verifyChain(dataSource: DataSource, key: ChainKey): Promise<ChainVerified | undefined> {
  return inOneView(dataSource, async (manager) => {
    const end = await manager.findOneBy(AuditChain, key);
    const entries = await manager.find(AuditEntry, { where: key, order: { sequence: 'ASC' } });
    if (!end && entries.length === 0) return undefined;
    const { headHash = null } = end ?? {};
    return { ...key, entries: entries.length, erased: erasedIn(entries), headHash, fault: firstFault(end, entries) };
  });
}

/**
 * Every chain of a service.
 * @param audited its tables whose rows cannot be without a trail, by the resource they are called in it
 */
export async function verifyChains(
  dataSource: DataSource,
  audited: Readonly<Record<string, string>>,
): Promise<ChainsVerified> {
  return inOneView(dataSource, async (manager) => {
    const found: ChainsVerified = { chains: 0, entries: 0, erased: 0, faults: [] };
    for (let after: AuditChain | undefined; ;) {
      const ends = await endsAfter(manager, after);
      await verifyEach(manager, ends, found);
      after = ends.at(-1);
      if (ends.length < CHAINS_AT_ONCE) break;
    }
    found.faults.push(...(await withoutEnd(manager)));
    for (const [resource, table] of Object.entries(audited)) {
      found.faults.push(...(await withoutTrail(manager, resource, table)));
    }
    return found;
  });
}

/** Beside the live service, which goes on adding: ends and entries are looked at as of one moment. */
async function inOneView<T>(dataSource: DataSource, look: (manager: EntityManager) => Promise<T>): Promise<T> {
  return dataSource.transaction('REPEATABLE READ', look);
}

async function endsAfter(manager: EntityManager, after: AuditChain | undefined): Promise<AuditChain[]> {
  const query = manager.createQueryBuilder(AuditChain, 'chain');
  if (after) {
    query.where('(chain.tenantId, chain.resource, chain.resourceId) > (:tenantId, :resource, :resourceId)', after);
  }
  return query
    .orderBy('chain.tenantId')
    .addOrderBy('chain.resource')
    .addOrderBy('chain.resourceId')
    .limit(CHAINS_AT_ONCE)
    .getMany();
}

async function verifyEach(manager: EntityManager, ends: readonly AuditChain[], found: ChainsVerified): Promise<void> {
  const entries = await manager.find(AuditEntry, {
    where: {
      tenantId: In([...new Set(ends.map(({ tenantId }) => tenantId))]),
      resource: In([...new Set(ends.map(({ resource }) => resource))]),
      resourceId: In(ends.map(({ resourceId }) => resourceId)),
    },
    order: { sequence: 'ASC' },
  });
  const byKey = new Map<string, AuditEntry[]>(ends.map((end) => [nameOf(end), []]));
  for (const entry of entries) byKey.get(nameOf(entry))?.push(entry);
  for (const end of ends) {
    const { tenantId, resource, resourceId } = end;
    const own = byKey.get(nameOf(end)) ?? [];
    found.chains += 1;
    found.entries += own.length;
    found.erased += erasedIn(own);
    const fault = firstFault(end, own);
    if (fault) found.faults.push({ tenantId, resource, resourceId, fault });
  }
}

async function withoutEnd(manager: EntityManager): Promise<FaultyChain[]> {
  const first = await manager.query<(ChainKey & { sequence: number; entryId: string })[]>(
    `SELECT DISTINCT ON (tenant_id, resource, resource_id)
       tenant_id AS "tenantId", resource, resource_id AS "resourceId", sequence, id AS "entryId"
     FROM audit_entry WHERE NOT EXISTS (SELECT 1 FROM audit_chain AS c WHERE c.tenant_id = audit_entry.tenant_id
       AND c.resource = audit_entry.resource AND c.resource_id = audit_entry.resource_id)
     ORDER BY tenant_id, resource, resource_id, sequence`,
  );
  return first.map(({ sequence, entryId, ...key }) => {
    const detail = 'Nothing is kept of where the chain ends.';
    return { ...key, fault: { kind: 'added', sequence, entryId, detail } };
  });
}

async function withoutTrail(manager: EntityManager, resource: string, table: string): Promise<FaultyChain[]> {
  const rows = await manager.query<Omit<ChainKey, 'resource'>[]>(
    `SELECT tenant_id AS "tenantId", id AS "resourceId" FROM "${table}" AS row WHERE NOT EXISTS (
       SELECT 1 FROM audit_chain AS c WHERE c.tenant_id = row.tenant_id AND c.resource = $1 AND c.resource_id = row.id
     ) AND NOT EXISTS (
       SELECT 1 FROM audit_entry AS e WHERE e.tenant_id = row.tenant_id AND e.resource = $1 AND e.resource_id = row.id
     ) ORDER BY id`,
    [resource],
  );
  const fault = { kind: 'removed' as const, sequence: 1, entryId: null, detail: 'Nothing is left of its trail.' };
  return rows.map((key) => ({ ...key, resource, fault }));
}

const nameOf = ({ tenantId, resource, resourceId }: ChainKey): string => `${tenantId} ${resource} ${resourceId}`;

const erasedIn = (entries: readonly AuditEntry[]): number => entries.filter(({ salt }) => salt === null).length;
