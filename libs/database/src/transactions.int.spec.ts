import { DataSource } from 'typeorm';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { dataSourceOptions } from './data-source-options';
import { databaseSettings } from './database.settings';
import { Transactions } from './transactions';

describe('what a transaction writes last', () => {
  let db: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;

  beforeAll(async () => {
    db = await testDatabase('events');
    await db.query('CREATE TABLE said (word text PRIMARY KEY)');
    dataSource = await new DataSource(dataSourceOptions(readSettings(databaseSettings, db.env), [], [])).initialize();
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
