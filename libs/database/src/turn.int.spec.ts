import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { dataSourceOptions } from './data-source-options';
import { databaseSettings } from './database.settings';
import { planned, plannedWrite } from './planned';
import { Transactions } from './transactions';

describe('statements that are asked for at once', () => {
  let db: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeAll(async () => {
    db = await testDatabase('events');
    await db.query('CREATE TABLE said (word text PRIMARY KEY, times integer NOT NULL DEFAULT 1)');
    const config = readSettings(databaseSettings, db.env);
    dataSource = await new DataSource({
      ...dataSourceOptions(config, [], []),
      poolSize: 1,
    } as DataSourceOptions).initialize();
    transactions = new Transactions(dataSource);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await db.drop();
  });

  beforeEach(async () => {
    await db.query('TRUNCATE said');
  });

  const write = (manager: EntityManager, word: string): Promise<unknown> =>
    planned(manager, undefined, 'INSERT INTO said (word) VALUES ($1)', [word]);
  const lettersOf = (manager: EntityManager, word: string): Promise<{ letter: string }[]> =>
    planned(manager, 'letters', 'SELECT unnest(regexp_split_to_array($1, $2)) AS letter', [word, '']);

  it('are done in their order, and each has its own answer', async () => {
    const answers = await transactions.run((manager) =>
      Promise.all([
        write(manager, 'one'),
        lettersOf(manager, 'ab'),
        plannedWrite(manager, 'again', 'UPDATE said SET times = times + $1', [1]),
        planned(manager, 'none', 'UPDATE said SET times = 0 WHERE word = $1 RETURNING times', ['none']),
        // Several in one text, which travel alone, in their place.
        planned(manager, undefined, 'UPDATE said SET times = times * 10; UPDATE said SET times = times + 1', []),
        planned(manager, undefined, 'SELECT times, NULL AS nothing FROM said WHERE word = $1', ['one']),
      ]),
    );
    expect([answers[1], answers[2], answers[3], answers[5]]).toEqual([
      [{ letter: 'a' }, { letter: 'b' }],
      1,
      [],
      [{ times: 21, nothing: null }],
    ]);
  });

  it('are left out behind one that failed, which all of them are told', async () => {
    const told = await transactions
      .run((manager) =>
        Promise.allSettled([
          write(manager, 'one'),
          write(manager, 'one'),
          planned(manager, 'left out', 'SELECT $1::int AS number', [1]),
          write(manager, 'two'),
        ]).then((settled) => {
          expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
          throw (settled[3] as PromiseRejectedResult).reason as Error;
        }),
      )
      .catch((error: unknown) => error);
    expect(String(told)).toContain('duplicate key');
    expect(await db.query('SELECT word FROM said')).toEqual([]);
    // On the one connection there is, a statement that was never planned is planned when it is asked for again.
    await transactions.run(async (manager) => {
      expect(await planned(manager, 'left out', 'SELECT $1::int AS number', [2])).toEqual([{ number: 2 }]);
    });
  });

  it('do not travel with a value that cannot be written down', async () => {
    const endless: Record<string, unknown> = {};
    endless.itself = endless;
    await transactions.run(async (manager) => {
      const [first, wrong, last] = await Promise.allSettled([
        lettersOf(manager, 'a'),
        planned(manager, 'wrong', 'SELECT $1::jsonb', [endless]),
        lettersOf(manager, 'b'),
      ]);
      expect([first, last]).toEqual([
        { status: 'fulfilled', value: [{ letter: 'a' }] },
        { status: 'fulfilled', value: [{ letter: 'b' }] },
      ]);
      expect(String((wrong as PromiseRejectedResult).reason)).toContain('circular');
    });
  });

  it('are told when their connection breaks', async () => {
    const told: string[] = [];
    const broken = transactions.run(async (manager) => {
      const [{ pid }] = await manager.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
      const waiting = Promise.allSettled([
        planned(manager, undefined, 'SELECT pg_sleep($1)', [60]),
        write(manager, 'one'),
        lettersOf(manager, 'a'),
      ]);
      await db.query('SELECT pg_terminate_backend($1)', [pid]);
      for (const each of await waiting) told.push(String((each as PromiseRejectedResult).reason));
    });
    await expect(broken).rejects.toThrow();
    expect(told).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/terminat|connection/i) as string));
    await transactions.run((manager) => write(manager, 'next'));
    expect(await db.query('SELECT word FROM said')).toEqual([{ word: 'next' }]);
  });
});
