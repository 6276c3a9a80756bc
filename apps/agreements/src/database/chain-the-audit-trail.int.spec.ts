import { verifyChains } from '@expo-accord/audit';
import { dataSourceOptions, newId } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { databaseBefore } from '../../../../test/support/earlier-release';
import { type TestDatabase } from '../../../../test/support/infrastructure';
import { entities } from './entities';
import { migrations } from './migrations';
import { ChainTheAuditTrail1798000000000 } from './migrations/1798000000000-chain-the-audit-trail';

describe('the audit trail of earlier releases', () => {
  let db: TestDatabase;
  let bringUpToDate: () => Promise<void>;

  beforeAll(async () => {
    const schema = { service: 'agreements', entities, migrations };
    ({ db, bringUpToDate } = await databaseBefore(ChainTheAuditTrail1798000000000, schema));
  });
  afterAll(async () => {
    await db.drop();
  });

  it('is chained as it was found, more entries than are read at once, and goes on from there', async () => {
    const [tenantId, longId, ...ids] = Array.from({ length: 500 }, () => newId()) as [string, string, ...string[]];
    const rows = [...ids, ...Array.from({ length: 700 }, () => longId)].map((resourceId, at) => ({
      id: newId(),
      resourceId,
      resource: at % 2 === 0 || resourceId === longId ? 'projects' : 'agreements',
      after: { titles: { original: 'ko', texts: { ko: `협정 ${at}` } }, amount: 0.1 * at, at: null },
    }));
    await db.query(
      `INSERT INTO audit_entry (id, tenant_id, resource, resource_id, at, key_id, action, after)
       SELECT id, $1, resource, "resourceId", now(), 'key', 'created', after
       FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, resource text, "resourceId" uuid, after jsonb)`,
      [tenantId, JSON.stringify(rows)],
    );
    await bringUpToDate();
    const config = { ...db.env, DATABASE_POOL_SIZE: 2, DATABASE_TLS: 'disable', DATABASE_CA_FILE: undefined } as const;
    const dataSource = await new DataSource(dataSourceOptions(config, entities, [])).initialize();
    try {
      const sound = { chains: ids.length + 1, entries: rows.length, erased: 0, faults: [] };
      expect(await verifyChains(dataSource, { agreements: 'agreement' })).toEqual(sound);
    } finally {
      await dataSource.destroy();
    }
    const order = await db.query('SELECT id FROM audit_entry WHERE resource_id = $1 ORDER BY sequence', [longId]);
    expect(order.map(({ id }) => id)).toEqual(rows.filter((row) => row.resourceId === longId).map(({ id }) => id));
    await expect(db.query('DELETE FROM audit_entry')).rejects.toThrow('never changed');
  });
});
