import { type EntityManager } from 'typeorm';

/*
 * Whoever writes a reference and whoever merges what it leads to do not see each other's rows, so the two take turns:
 * writers among themselves share. Taken before any row, or the two could wait for each other.
 */

/** Until the transaction ends, no two records of the tenant become one. */
export async function shareIdentities(manager: EntityManager, tenantId: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(hashtext('identities'), hashtext($1))`, [tenantId]);
}

/** Until the transaction ends, nobody else writes a reference between records of the tenant, or merges two. */
export async function ownIdentities(manager: EntityManager, tenantId: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext('identities'), hashtext($1))`, [tenantId]);
}
