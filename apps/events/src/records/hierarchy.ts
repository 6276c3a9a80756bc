import { Problem } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { type RecordEntity } from './record.entity';

/** Tables whose records lie in one another by `parent_id`. */
type Tree = 'event' | 'organization' | 'place';

/** The record itself first, then what it is part of, nearest first. */
export async function ancestorIds(
  manager: EntityManager,
  tree: Tree,
  tenantId: string,
  id: string | null,
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `WITH RECURSIVE ancestor AS (
       SELECT id, parent_id, 1 AS distance FROM ${tree} WHERE id = $1 AND tenant_id = $2
       UNION ALL
       SELECT parent.id, parent.parent_id, distance + 1 FROM ${tree} parent JOIN ancestor ON parent.id = ancestor.parent_id
     ) SELECT id FROM ancestor ORDER BY distance`,
    [id, tenantId],
  );
  return rows.map((row) => row.id);
}

/** @throws Problem `event-cycle` and so on */
export async function refuseCycle(
  manager: EntityManager,
  tree: Tree,
  { id, tenantId }: Pick<RecordEntity, 'id' | 'tenantId'>,
  parentId: string | null | undefined,
): Promise<void> {
  if (parentId === null || parentId === undefined) return;
  // Two moves at once could each be fine and together make a circle, so a tenant makes one move at a time.
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [`${tree}-tree`, tenantId]);
  const ancestors = await ancestorIds(manager, tree, tenantId, parentId);
  if (!ancestors.includes(id)) return;
  const problem = { code: `${tree}-cycle`, detail: `The ${tree} would become part of itself.` };
  throw new Problem('conflict', problem.code, problem.detail, {
    errors: [{ pointer: '/parentId', ...problem }],
    extra: { parentId },
  });
}
