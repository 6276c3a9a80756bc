import { Client, type ClientConfig, type QueryResult, type Submittable } from 'pg';
import { type Asked, Turn } from './turn';

/** As TypeORM writes them. */
const START = 'START TRANSACTION';
const ENDS = ['COMMIT', 'ROLLBACK'];
const TRANSACTION = [START, ...ENDS];

/**
 * What is asked of a connection in one turn of the event loop travels together. The start of a transaction is not waited
 * for, so it travels with the first statement: it fails only where that one fails as well, with the connection.
 */
export class PoolClient extends Client {
  #isInTransaction = false;
  #turn: Turn | undefined;

  /**
   * Between the pool, which hands it out, and TypeORM, which takes it a moment later, nobody listens: an error that comes
   * with the first answer of a server that goes down would end the process. Who uses it next is told by its query.
   */
  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }

  override query(...given: never[]): never {
    const asked = askedBy(given);
    if (asked?.text === START) this.#isInTransaction = true;
    if (asked === undefined || !this.#isInTransaction) {
      this.#send();
      return (super.query.bind(this) as (...given: never[]) => never)(...given);
    }
    if (ENDS.includes(asked.text)) this.#isInTransaction = false;
    const answer = this.#together(asked);
    if (asked.text !== START) return answer as never;
    answer.catch(() => undefined);
    return Promise.resolve({ command: START, rows: [] }) as never;
  }

  async #together(asked: Asked): Promise<QueryResult> {
    if (this.#turn === undefined) {
      this.#turn = new Turn();
      process.nextTick(() => {
        this.#send();
      });
    }
    try {
      return await this.#turn.add(asked, (this as unknown as { _types: unknown })._types);
    } catch (error) {
      // Who asked, and not where the answer was read.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }

  #send(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    if (turn !== undefined) super.query(turn as unknown as Submittable);
  }
}

/** Undefined for what can only be asked alone: several statements in one text, or a query object of somebody else's. */
function askedBy([what, values]: readonly unknown[]): Asked | undefined {
  if (typeof what === 'string') {
    const isOne = TRANSACTION.includes(what) || (Array.isArray(values) && values.length > 0);
    return isOne ? { text: what, values: values as unknown[] | undefined } : undefined;
  }
  const asked = what as Asked & Partial<Submittable>;
  return asked.submit === undefined && (asked.name !== undefined || (asked.values?.length ?? 0) > 0)
    ? asked
    : undefined;
}
