import { type EntityManager } from 'typeorm';

const told = `
  SELECT tenant_id, event_id, synthetic, status, stalled_from, industry, economies, currency, qualifier, inclusive,
    sum(count)::bigint AS count, sum(value) AS value, sum(lower) AS lower, sum(upper) AS upper
  FROM project_total GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(count) <> 0`;

/** Makes the totals of projects again from the projects; nobody changes one meanwhile. Answers how many kinds were wrong. */
export async function recountProjects(manager: EntityManager): Promise<number> {
  return manager.transaction(async (transaction) => {
    await transaction.query('LOCK TABLE project IN SHARE MODE');
    await transaction.query(`CREATE TEMPORARY TABLE total_before ON COMMIT DROP AS ${told}`);
    await transaction.query('SELECT recount_projects()');
    const [found] = await transaction.query<{ wrong: number }[]>(
      `SELECT count(*)::int AS wrong FROM (
         (TABLE total_before EXCEPT (${told})) UNION ALL ((${told}) EXCEPT TABLE total_before)
       ) AS difference`,
    );
    return found?.wrong ?? 0;
  });
}
