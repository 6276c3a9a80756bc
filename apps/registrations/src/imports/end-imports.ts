import { type EntityManager } from 'typeorm';

/**
 * Ends the unfinished imports of the condition, SQL over `import_job` with parameters from $2, before their last line. What
 * they have registered stays so; lines that nobody has looked at yet are forgotten.
 */
export async function endImports(
  manager: EntityManager,
  status: 'cancelled' | 'failed',
  condition: string,
  parameters: readonly unknown[],
): Promise<void> {
  await manager.query(
    `WITH ended AS (
       UPDATE import_job SET status = $1, version = version + 1, updated_at = now(), finished_at = now()
        WHERE status IN ('receiving', 'queued', 'running') AND ${condition} RETURNING id),
     keys AS (DELETE FROM rehearsed_key WHERE job_id IN (SELECT id FROM ended))
     DELETE FROM import_chunk WHERE job_id IN (SELECT id FROM ended)`,
    [status, ...parameters],
  );
}
