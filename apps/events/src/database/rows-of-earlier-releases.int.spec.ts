import { newId } from '@expo-accord/database';
import { type TestDatabase } from '../../../../test/support/infrastructure';
import { databaseBefore } from '../../test/earlier-release';
import { ChangeCodes1763690000011 } from './migrations/1763690000011-change-codes';

describe('rows of earlier releases', () => {
  let db: TestDatabase;
  let bringUpToDate: () => Promise<void>;

  beforeAll(async () => {
    ({ db, bringUpToDate } = await databaseBefore(ChangeCodes1763690000011));
  });
  afterAll(async () => {
    await db.drop();
  });

  it('can be changed and are sorted by name', async () => {
    const id = newId();
    const names = { original: 'fr', texts: { en: 'World Forum', fr: 'Forum d’Évian' } };
    const name = { texts: { zh: '毛泽东', en: 'Mao Zedong' }, order: 'familyFirst' };
    await db.query(`INSERT INTO code (tenant_id, list, code, names) VALUES ($1, 'event-kinds', 'gala', $2)`, [
      id,
      names,
    ]);
    await db.query(`INSERT INTO organization (id, tenant_id, details) VALUES ($1, $1, $2)`, [id, { names }]);
    await db.query(`INSERT INTO person (id, tenant_id, details) VALUES ($1, $1, $2)`, [id, { name }]);
    await bringUpToDate();
    const [code] = await db.query('SELECT id, status, version FROM code');
    expect(code).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, status: 'active', version: 1 });
    expect(await db.query('SELECT sort_name FROM organization UNION SELECT sort_name FROM person ORDER BY 1')).toEqual([
      { sort_name: 'forum d evian' },
      { sort_name: 'mao zedong' },
    ]);
  });
});
