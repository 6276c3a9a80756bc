import { Logger } from '@nestjs/common';
import { type Transactions } from './transactions';

export interface MergedTotalsOptions {
  /** What is put together, such as "Counts of registrations", in the words of logs. */
  readonly name: string;
  readonly table: string;
  /** The column whose rows are put together at a time. */
  readonly scope: string;
  /** The columns that tell one kind from another within a scope. */
  readonly kind: readonly string[];
  /** What is added up besides `count`, by which a kind of which nothing is left goes. */
  readonly sums?: readonly string[];
}

/** Reading this many rows is still quick; above it they are put together. */
const MOST_ROWS = 2_000;

/** Totals that are the sum of rows which are only added: puts them together behind whoever has read many. */
export class MergedTotals {
  readonly #logger = new Logger(MergedTotals.name);
  #merging: Promise<void> | undefined;

  constructor(
    private readonly transactions: Transactions,
    private readonly options: MergedTotalsOptions,
  ) {}

  /**
   * @param statement says for each kind of the scope its `count`, and of how many `rows` that is the sum
   * @returns the kinds of which something is left
   */
  async read<Kind extends { readonly count: number }>(
    scopeId: string,
    statement: string,
    parameters: unknown[],
  ): Promise<Kind[]> {
    const kinds = await this.transactions.manager.query<(Kind & { rows: number })[]>(statement, parameters);
    this.afterReading(scopeId, kinds);
    return kinds.filter(({ count }) => count !== 0);
  }

  /** Nobody waits for it, and of several at once one does it. */
  private afterReading(scopeId: string, kinds: readonly { readonly rows: number }[]): void {
    if (kinds.reduce((sum, { rows }) => sum + rows, 0) <= MOST_ROWS + kinds.length) return;
    this.#merging ??= this.#merge(scopeId)
      .catch((error: unknown) => {
        this.#logger.error(`${this.options.name} could not be put together`, error);
      })
      .finally(() => {
        this.#merging = undefined;
      });
  }

  /** Back when what is under way is done. */
  async stop(): Promise<void> {
    await this.#merging;
  }

  async #merge(scopeId: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      const [lock] = await manager.query<{ mine: boolean }[]>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0)) AS mine`,
        [this.options.table, scopeId],
      );
      if (lock?.mine === true) await manager.query(mergeOf(this.options), [scopeId]);
    });
  }
}

/** Exchanges the rows of one scope, $1, for as many as there are kinds, in one statement: others add rows meanwhile. */
function mergeOf({ table, scope, kind, sums = [] }: MergedTotalsOptions): string {
  const kept = [scope, ...kind];
  const summed = ['count', ...sums];
  return `
    WITH merged AS (DELETE FROM ${table} WHERE ${scope} = $1 RETURNING *)
    INSERT INTO ${table} (${[...kept, ...summed].join(', ')})
    SELECT ${[...kept, ...summed.map((column) => `sum(${column})`)].join(', ')} FROM merged
     GROUP BY ${kept.join(', ')} HAVING sum(count) <> 0`;
}
