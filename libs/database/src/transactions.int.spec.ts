import { type Socket } from 'node:net';
import { type Client } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { dataSourceOptions, withBoundedTransactions } from './data-source-options';
import { databaseSettings } from './database.settings';
import { Transactions } from './transactions';

const optionsOf = (db: TestDatabase): DataSourceOptions =>
  dataSourceOptions(readSettings(databaseSettings, db.env), [], []);

describe('what a transaction writes last', () => {
  let db: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeAll(async () => {
    db = await testDatabase('events');
    await db.query('CREATE TABLE said (word text PRIMARY KEY)');
    dataSource = await new DataSource(optionsOf(db)).initialize();
    transactions = new Transactions(dataSource);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await db.drop();
  });

  beforeEach(async () => {
    await db.query('TRUNCATE said');
  });

  const write = (word: string): Promise<unknown> =>
    transactions.manager.query('INSERT INTO said (word) VALUES ($1)', [word]);
  const said = async (): Promise<string[]> =>
    (await db.query<{ word: string }>('SELECT word FROM said ORDER BY word')).map(({ word }) => word);

  it('is committed with the rest', async () => {
    let effects = 0;
    await transactions.run(async () => {
      await write('first');
      transactions.afterCommit(() => {
        effects += 1;
      });
      await transactions.last(write('last'));
    });
    expect(await said()).toEqual(['first', 'last']);
    expect(effects).toBe(1);
  });

  it('undoes everything when it fails, says so, and has no effect', async () => {
    let effects = 0;
    const failing = transactions.run(async () => {
      await write('first');
      transactions.afterCommit(() => {
        effects += 1;
      });
      await transactions.last(write('first'));
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect([await said(), effects]).toEqual([[], 0]);
    // And the connection is none the worse.
    await transactions.run(async () => transactions.last(write('again')));
    expect(await said()).toEqual(['again']);
  });

  it('is waited for in a part of a transaction, which may fail without the rest', async () => {
    await transactions.run(async () => {
      await write('first');
      const part = transactions.attempt(async () => transactions.last(write('first')));
      await expect(part).rejects.toThrow('duplicate key');
      await write('second');
    });
    expect(await said()).toEqual(['first', 'second']);
  });
});

describe('a transaction of a service', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('events');
    await db.query('CREATE TABLE said (word text PRIMARY KEY)');
  });

  afterAll(async () => {
    await db.drop();
  });

  it('that stays open for longer than a reader of changes looks back leaves nothing, and harms no other', async () => {
    const dataSource = await new DataSource(withBoundedTransactions(optionsOf(db), 300)).initialize();
    const transactions = new Transactions(dataSource);
    const tooLong = transactions.run(async (manager) => {
      await manager.query(`INSERT INTO said (word) VALUES ('late')`);
      for (;;) await manager.query('SELECT pg_sleep(0.05)');
    });
    await expect(tooLong).rejects.toThrow(/transaction timeout|connection/i);
    await transactions.run((manager) => manager.query(`INSERT INTO said (word) VALUES ('next')`));
    expect(await db.query('SELECT word FROM said')).toEqual([{ word: 'next' }]);
    await dataSource.destroy();
  });

  it('has less time than that, and what an operator or a migration does has no limit', async () => {
    const limitOf = async (options: DataSourceOptions): Promise<string | undefined> => {
      const dataSource = await new DataSource(options).initialize();
      const [limit] = await dataSource.query<{ setting: string }[]>(
        `SELECT setting FROM pg_settings WHERE name = 'transaction_timeout'`,
      );
      await dataSource.destroy();
      return limit?.setting;
    };
    expect(Number(await limitOf(withBoundedTransactions(optionsOf(db))))).toBeLessThan(60_000);
    expect(await limitOf(optionsOf(db))).toBe('0');
  });
});

describe('what is asked of a connection', () => {
  it('in one turn of the event loop leaves together, at the end of it', async () => {
    const db = await testDatabase('events');
    const dataSource = await new DataSource(optionsOf(db)).initialize();
    const runner = dataSource.createQueryRunner();
    const client = (await runner.connect()) as Client & { connection: { stream: Socket } };
    const { stream } = client.connection;
    const answers = [client.query('SELECT 1 AS one'), client.query('SELECT 2 AS two')];
    expect([stream.writableLength > 0, stream.writableCorked]).toEqual([true, 1]);
    await new Promise<void>((over) => {
      process.nextTick(over);
    });
    expect(stream.writableCorked).toBe(0);
    expect((await Promise.all(answers)).map(({ rows }) => rows as unknown)).toEqual([[{ one: 1 }], [{ two: 2 }]]);
    await runner.release();
    await dataSource.destroy();
    await db.drop();
  });
});
