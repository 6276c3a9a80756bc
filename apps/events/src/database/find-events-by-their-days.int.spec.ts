import { newId } from '@expo-accord/database';
import { type TestDatabase } from '../../../../test/support/infrastructure';
import { databaseBefore } from '../../test/earlier-release';
import { FindEventsByTheirDays1763690000004 } from './migrations/1763690000004-find-events-by-their-days';

describe('finding events by their days', () => {
  let db: TestDatabase;
  let bringUpToDate: () => Promise<void>;

  beforeAll(async () => {
    ({ db, bringUpToDate } = await databaseBefore(FindEventsByTheirDays1763690000004));
  });
  afterAll(async () => {
    await db.drop();
  });

  it('begins with the events that were there before', async () => {
    const all = [{ date: { edtf: '2016' } }, { startsAt: { local: '2030-05-01T00:30', zone: 'Asia/Seoul' } }, {}];
    for (const details of all) {
      await db.query(
        `INSERT INTO event (id, tenant_id, kind, status, details) VALUES ($1, $1, 'forum', 'closed', $2)`,
        [newId(), details],
      );
    }
    await bringUpToDate();
    expect(await db.query('SELECT first_day::text, last_day::text FROM event ORDER BY id')).toEqual([
      { first_day: '2016-01-01', last_day: '2016-12-31' },
      { first_day: '2030-05-01', last_day: '2030-05-01' },
      { first_day: 'infinity', last_day: '-infinity' },
    ]);
  });
});
