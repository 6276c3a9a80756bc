import { type EntityManager } from 'typeorm';

/**
 * Forgets the stored answers in which an item with one of these ids is found, however deep: what they say of a person must
 * not outlive the person's erasure. The same request sent again is then judged anew.
 */
export async function forgetAnswers(manager: EntityManager, tenantId: string, ids: readonly string[]): Promise<void> {
  await manager.query(
    `DELETE FROM idempotency_key k
      WHERE k.tenant_id = $1 AND k.body IS NOT NULL
        AND EXISTS (SELECT FROM jsonb_path_query(k.body, 'strict $.**.id') AS named (id) WHERE named.id #>> '{}' = ANY ($2))`,
    [tenantId, ids],
  );
}

/**
 * Items of stored answers, however deep, for which the condition holds.
 * @param condition SQL over `item` (jsonb), with parameters from $2
 */
export async function itemsInAnswers<Item>(
  manager: EntityManager,
  tenantId: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<Item[]> {
  const rows = await manager.query<{ item: Item }[]>(
    `SELECT item FROM idempotency_key k, jsonb_path_query(k.body, 'strict $.**') AS found (item)
      WHERE k.tenant_id = $1 AND k.body IS NOT NULL AND jsonb_typeof(item) = 'object' AND (${condition})`,
    [tenantId, ...parameters],
  );
  return rows.map(({ item }) => item);
}
