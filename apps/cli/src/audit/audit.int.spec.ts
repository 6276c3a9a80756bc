import { auditEntities, AuditChain, AuditEntry, chained, type ChainEnd, type ChainsVerified } from '@expo-accord/audit';
import { dataSourceOptions, newId } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support/infrastructure';
import { answerOf, expoAccord } from '../../test/run-command';

const tables = ['agreement', 'project', 'outcome_document', 'commitment'];

describe('expo-accord audit verify', () => {
  let db: TestDatabase;
  let dataSource: DataSource;
  const tenantId = newId();

  beforeAll(async () => {
    db = await testDatabase('agreements');
    const config = { ...db.env, DATABASE_POOL_SIZE: 2, DATABASE_TLS: 'disable', DATABASE_CA_FILE: undefined } as const;
    dataSource = await new DataSource(dataSourceOptions(config, auditEntities, [])).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    for (const { query } of upQueries) await dataSource.query(query);
    for (const table of tables) await db.query(`CREATE TABLE ${table} (id uuid PRIMARY KEY, tenant_id uuid)`);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await db.drop();
  });

  /** A chain of as many entries; answers the resource's id. */
  async function chain(length: number): Promise<string> {
    const key = { tenantId, resource: 'agreements', resourceId: newId() };
    await db.query('INSERT INTO agreement VALUES ($1, $2)', [key.resourceId, tenantId]);
    let end: ChainEnd | null = null;
    for (let at = 0; at < length; at++) {
      const said = { ...key, id: newId(), at: new Date(), keyId: 'key', action: 'changed', reason: null };
      const entry = chained({ ...said, before: at === 0 ? null : { at }, after: { at } }, end);
      await dataSource.manager.insert(AuditEntry, entry);
      end = { length: entry.sequence, headHash: entry.hash };
    }
    await dataSource.manager.insert(AuditChain, { ...key, ...end });
    return key.resourceId;
  }
  const verify = () => answerOf<ChainsVerified>(db.env, 'audit', 'verify');

  it('finds nothing where nothing was touched, in more chains than it looks at at once', async () => {
    await Promise.all(Array.from({ length: 230 }, () => chain(1)));
    await chain(5);
    expect(await verify()).toEqual({ code: 0, chains: 231, entries: 235, erased: 0, faults: [] });
    const { stdout, code } = await expoAccord(db.env, 'audit', 'verify');
    expect([code, stdout]).toEqual([0, '231 chains, 235 links, 0 of them erased; no finding.\n']);
  });

  it('names the first bad entry of each chain, and what has lost its trail or its end', async () => {
    const [altered, cut, bare, endless] = [await chain(3), await chain(2), await chain(1), await chain(2)];
    const [entry] = await db.query(
      `UPDATE audit_entry SET action = 'approved' WHERE resource_id = $1 AND sequence = 2 RETURNING id`,
      [altered],
    );
    await db.query('DELETE FROM audit_entry WHERE resource_id = $1 AND sequence = 2', [cut]);
    await db.query('DELETE FROM audit_entry WHERE resource_id = $1', [bare]);
    await db.query('DELETE FROM audit_chain WHERE resource_id = ANY ($1)', [[bare, endless]]);
    const { code, faults } = await verify();
    expect(code).toBe(1);
    expect(faults.map(({ resourceId, fault }) => [resourceId, fault.kind, fault.sequence, fault.entryId])).toEqual(
      expect.arrayContaining([
        [altered, 'altered', 2, entry?.['id']],
        [cut, 'removed', 2, null],
        [bare, 'removed', 1, null],
        [endless, 'added', 1, expect.any(String)],
      ]),
    );
    expect(faults).toHaveLength(4);
    const { stdout } = await expoAccord(db.env, 'audit', 'verify');
    expect(stdout).toContain(`/agreements/${altered}`);
    expect(stdout).toContain('4 findings.');
  });

  it('says so where there is no trail to look at', async () => {
    const { code, stderr } = await expoAccord({ ...db.env, DATABASE_SCHEMA: 'events' }, 'audit', 'verify');
    expect([code, stderr]).toEqual([3, expect.stringContaining('has no such tables')]);
  });
});
