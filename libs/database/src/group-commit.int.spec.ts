import { setImmediate } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { readSettings } from '@expo-accord/settings';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { dataSourceOptions } from './data-source-options';
import { databaseSettings } from './database.settings';
import { GroupCommit } from './group-commit';
import { Transactions } from './transactions';

const MOST_TOGETHER = 100;
const MOST_WAITING = 200;

describe('a group commit', () => {
  let db: TestDatabase;
  let dataSource: DataSource;
  let transactions: Transactions;
  let words: GroupCommit<string, string>;
  /** The size of each group that was begun, in their order. */
  const begun: number[] = [];

  beforeAll(async () => {
    db = await testDatabase('events');
    await db.query(`CREATE TABLE said (word text PRIMARY KEY CHECK (word NOT LIKE 'refused%'), transaction xid8)`);
    dataSource = await new DataSource(dataSourceOptions(readSettings(databaseSettings, db.env), [], [])).initialize();
    transactions = new Transactions(dataSource);
    words = new GroupCommit(transactions, {
      mostTogether: MOST_TOGETHER,
      mostWaiting: MOST_WAITING,
      waitsForThoseAnswered: true,
      whenFull: () => new Error('Too many wait.'),
      commit: (group) =>
        transactions.retrying(async (manager) => {
          begun.push(group.length);
          const taken = group.filter((word) => !word.startsWith('declined'));
          await manager.query('INSERT INTO said SELECT word, pg_current_xact_id() FROM unnest($1::text[]) AS word', [
            taken,
          ]);
          return group.map((word) => (taken.includes(word) ? word.toUpperCase() : new Error(`No ${word} here.`)));
        }),
    });
  });

  afterAll(async () => {
    await dataSource.destroy();
    await db.drop();
  });

  beforeEach(async () => {
    await db.query('TRUNCATE said');
    begun.length = 0;
  });

  const sayAll = async (all: readonly string[]): Promise<string[]> => {
    const settled = await Promise.allSettled(all.map((word) => words.add('lane', word)));
    return settled.map((each) => (each.status === 'fulfilled' ? each.value : (each.reason as Error).message));
  };
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `word ${n}`);
  const kept = async (): Promise<number> => (await db.query('SELECT 1 FROM said')).length;

  it('answers each of many that came at once, in few transactions', async () => {
    const all = [...numbered(150), 'declined 1'];
    expect(await sayAll(all)).toEqual([...numbered(150).map((word) => word.toUpperCase()), 'No declined 1 here.']);
    const [{ count }] = (await db.query<{ count: number }>(
      'SELECT count(DISTINCT transaction)::int AS count FROM said',
    )) as [{ count: number }];
    expect([count, await kept()]).toEqual([2, 150]);
  });

  it('waits for those who were answered together and come again one after the other', async () => {
    const [callers, rounds] = [3, 20];
    const comingAgain = numbered(callers).map(async (word, turns) => {
      for (let round = 0; round < rounds; round += 1) {
        for (let turn = 0; turn < turns; turn += 1) await setImmediate();
        await words.add('lane', `${word} of round ${round}`);
      }
    });
    await Promise.all(comingAgain);
    expect(await kept()).toBe(callers * rounds);
    // Begun with the first who comes, each round would be two groups.
    expect(begun.length).toBeLessThan(1.6 * rounds);
  });

  it('lets one that only the database refuses spoil no other, and looks for it by halves', async () => {
    const all = [...numbered(70), 'refused', ...numbered(99).slice(70)];
    const answers = await sayAll(all);
    expect(answers.filter((answer) => /violates check constraint/.test(answer))).toHaveLength(1);
    expect(answers.filter((answer) => answer.startsWith('WORD'))).toHaveLength(99);
    expect(await kept()).toBe(99);
    expect(begun.length).toBeLessThanOrEqual(16);
  });

  it('refuses who finds it full, and takes the next when there is room again', async () => {
    const answers = await sayAll(numbered(MOST_WAITING + 3));
    expect(answers.slice(-3)).toEqual(Array(3).fill('Too many wait.'));
    expect(await kept()).toBe(MOST_WAITING);
    expect(await sayAll(['again'])).toEqual(['AGAIN']);
  });

  it('joins a transaction that is open, and vanishes with it', async () => {
    const undone = transactions.run(async () => {
      await words.add('lane', 'joined');
      throw new Error('changed its mind');
    });
    await expect(undone).rejects.toThrow('changed its mind');
    expect(await kept()).toBe(0);
  });

  it('begins anew when it was chosen to end a deadlock', async () => {
    await db.query(`INSERT INTO said VALUES ('a'), ('b')`);
    let attempts = 0;
    const both = (first: string, second: string): Promise<void> => {
      let met = false;
      return transactions.retrying(async (manager) => {
        attempts += 1;
        const lock = 'SELECT 1 FROM said WHERE word = $1 FOR UPDATE';
        await manager.query(lock, [first]);
        if (!met) await meet();
        met = true;
        await manager.query(lock, [second]);
      });
    };
    const meet = meetingOf(2);
    await Promise.all([both('a', 'b'), both('b', 'a')]);
    // On a busy machine the one that began anew may take its first row before the other wakes, and they meet again.
    expect(attempts).toBeGreaterThan(2);
  });
});

/** Resolves for all once so many have come. */
function meetingOf(count: number): () => Promise<void> {
  let come: () => void;
  const all = new Promise<void>((resolve) => {
    come = resolve;
  });
  let missing = count;
  return () => {
    missing -= 1;
    if (missing === 0) come();
    return all;
  };
}
