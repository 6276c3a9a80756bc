import { DataSource } from 'typeorm';
import { connected } from '../../../../test/support/infrastructure';
import { until } from '../../../../test/support/until';
import { en } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

interface Listed {
  items: { id: string; updatedAt: string }[];
  nextCursor: string | null;
}

const overlapMs = 60_000;

describe('what is committed only after a list has passed it', () => {
  const { call, enter, service } = oneCaller();

  const page = async (query: string): Promise<Listed> =>
    (await call('GET', `/v1/organizations?${query}`)).body as unknown as Listed;
  const throughAll = async (query: string, cursor = ''): Promise<Listed['items']> => {
    const { items, nextCursor } = await page(query + cursor);
    return nextCursor === null ? items : [...items, ...(await throughAll(query, `&cursor=${nextCursor}`))];
  };

  it('is not committed any more once the overlap is over', async () => {
    const limit = `SELECT setting::int AS ms FROM pg_settings WHERE name = 'transaction_timeout'`;
    const [{ ms }] = await service().app.get(DataSource).query<[{ ms: number }]>(limit);
    expect([ms > 0, ms < overlapMs]).toEqual([true, true]);
  });

  it('is met by whoever asks again with the overlap that the API asks for, and disturbs nobody', async () => {
    const { db } = service();
    const there = [await enter('/v1/organizations', { names: en('One') })];
    there.push(await enter('/v1/organizations', { names: en('Two') }));
    const late = { names: en('Late'), externalRefs: [{ system: 'test', id: 'late' }] };
    const [lateId, walked] = await connected(db.url, db.schema, async (holder) => {
      await holder.query('BEGIN');
      // The code is being claimed by somebody else, so that whoever claims it as well waits with its id drawn already.
      await holder.query(
        `INSERT INTO external_ref (tenant_id, resource, system, external_id, record_id)
         SELECT tenant_id, 'organization', 'test', 'late', gen_random_uuid() FROM organization LIMIT 1`,
      );
      const entering = call('POST', '/v1/organizations', late);
      await until(
        () =>
          db.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`),
        ({ length }) => length === 1,
      );
      there.push(await enter('/v1/organizations', { names: en('Three') }));
      const seen = await throughAll('limit=1');
      await holder.query('ROLLBACK');
      return [(await entering).body.id, seen] as const;
    });
    expect(walked.map(({ id }) => id)).toEqual(there);
    expect(lateId < (there.at(-1) ?? '')).toBe(true);
    const last = Math.max(...walked.map(({ updatedAt }) => Date.parse(updatedAt)));
    const again = await throughAll(`limit=1&changedSince=${new Date(last - overlapMs).toISOString()}`);
    expect(again.map(({ id }) => id)).toContain(lateId);
    expect(again).toHaveLength(new Set(again.map(({ id }) => id)).size);
  });
});
