import { type EventEmitter } from 'node:events';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { dataSourceOptions, withBoundedTransactions } from './data-source-options';
import { databaseSettings } from './database.settings';
import { Transactions } from './transactions';

interface PoolClient {
  readonly connection: EventEmitter;
}

const optionsOf = (db: TestDatabase): DataSourceOptions =>
  dataSourceOptions(readSettings(databaseSettings, db.env), [], []);

describe('a transaction', () => {
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

  it('begins with its first statement, without waiting for an answer of its own', async () => {
    const sendings = await sendingsDuring(transactions, async () => {
      await write('first');
    });
    // That and the COMMIT.
    expect(sendings).toBe(2);
    expect(await said()).toEqual(['first']);
    const failing = transactions.run(async () => {
      await write('second');
      await write('second');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await said()).toEqual(['first']);
  });

  it('commits what it writes last with the rest', async () => {
    let effects = 0;
    const sendings = await sendingsDuring(transactions, async () => {
      transactions.afterCommit(() => {
        effects += 1;
      });
      await transactions.last(Promise.all([write('first'), write('last')]));
    });
    expect(sendings).toBe(1);
    expect(await said()).toEqual(['first', 'last']);
    expect(effects).toBe(1);
  });

  it('undoes everything when its last write fails, says so, and has no effect', async () => {
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

  it('says what failed first where something was asked after its last write', async () => {
    const failing = transactions.run(async () => {
      await write('first');
      await transactions.last(write('first'));
      await write('second');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await said()).toEqual([]);
  });

  it('waits for the last write of a part of it, which may fail without the rest', async () => {
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
  const opened: DataSource[] = [];
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('events');
    await db.query('CREATE TABLE said (word text PRIMARY KEY)');
  });

  afterAll(async () => {
    await Promise.all(opened.map((dataSource) => dataSource.destroy()));
    await db.drop();
  });

  const open = async (options: DataSourceOptions): Promise<DataSource> => {
    const dataSource = await new DataSource(options).initialize();
    opened.push(dataSource);
    return dataSource;
  };

  it('that stays open for longer than a reader of changes looks back leaves nothing, and harms no other', async () => {
    // A busy machine may let the next one wait, too, and for a good part of a second.
    const transactions = new Transactions(await open(withBoundedTransactions(optionsOf(db), 2_000)));
    const tooLong = transactions.run(async (manager) => {
      await manager.query(`INSERT INTO said (word) VALUES ('late')`);
      for (let slept = 0; slept < 100; slept += 1) await manager.query('SELECT pg_sleep(0.05)');
    });
    await expect(tooLong).rejects.toThrow(/transaction timeout|connection/i);
    await transactions.run((manager) => manager.query(`INSERT INTO said (word) VALUES ('next')`));
    expect(await db.query('SELECT word FROM said')).toEqual([{ word: 'next' }]);
  });

  it('has less time than that, and what an operator or a migration does has no limit', async () => {
    const limitOf = async (options: DataSourceOptions): Promise<string | undefined> => {
      const dataSource = await open(options);
      const [limit] = await dataSource.query<{ setting: string }[]>(
        `SELECT setting FROM pg_settings WHERE name = 'transaction_timeout'`,
      );
      return limit?.setting;
    };
    const ms = Number(await limitOf(withBoundedTransactions(optionsOf(db))));
    expect([ms > 0, ms < 60_000]).toEqual([true, true]);
    expect(await limitOf(optionsOf(db))).toBe('0');
  });
});

/** How often PostgreSQL was sent something to answer. */
async function sendingsDuring(transactions: Transactions, work: () => Promise<void>): Promise<number> {
  let sendings = 0;
  const count = (): void => {
    sendings += 1;
  };
  let client: PoolClient | undefined;
  await transactions.run(async ({ queryRunner }) => {
    client = (await queryRunner?.connect()) as PoolClient;
    client.connection.on('readyForQuery', count);
    await work();
  });
  client?.connection.off('readyForQuery', count);
  return sendings;
}
