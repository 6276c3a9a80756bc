/* eslint-disable @typescript-eslint/no-require-imports -- what is used here of node-postgres has no types */
import { type Socket } from 'node:net';
import { Query, type QueryResult } from 'pg';

interface Connection {
  readonly stream: Socket;
  readonly submittedNamedStatements: Record<string, string>;
  execute(portal: { portal: string }): void;
  sync(): void;
}

export interface Asked {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
}

type Callback = (error: Error | null, result: QueryResult) => void;

interface Submitted {
  name?: string;
  text: string;
  readonly portal: string;
  readonly callback?: Callback;
  readonly _result: { _types?: unknown };
  submit(connection: Connection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
}

const Submittable = Query as unknown as new (asked: Asked, values?: undefined, callback?: Callback) => Submitted;

const { prepareValue } = require('pg/lib/utils') as { prepareValue: (value: unknown) => unknown };

/** Sent as every other is, but for the Sync behind it. */
class Statement extends Submittable {
  requiresPreparation(): boolean {
    return true;
  }

  _getRows(connection: Connection): void {
    connection.execute({ portal: this.portal });
  }
}

/**
 * Statements of one transaction that were asked for in one turn of the event loop, sent with one Sync behind the last. What
 * PostgreSQL answers to them it then sends at once: each Sync has it send what it has, which costs it and us as much as
 * many of these statements do. Where one fails it leaves out those that follow, as it refuses them in a transaction
 * anyway; they are told the same error.
 */
export class Turn extends Submittable {
  readonly #statements: Statement[] = [];

  constructor() {
    super({ text: '' });
  }

  /** @throws at once for a value that cannot be written down, which would be too late between others */
  async add({ values = [], ...asked }: Asked, types: unknown): Promise<QueryResult> {
    const prepared = { ...asked, values: values.map((value) => prepareValue(value)) };
    return new Promise((resolve, reject) => {
      const statement = new Statement(prepared, undefined, (error, result) => {
        if (error === null) resolve(result);
        else reject(error);
      });
      statement._result._types = types;
      this.#statements.push(statement);
    });
  }

  override submit(connection: Connection): Error | null {
    connection.stream.cork();
    for (const statement of this.#statements.splice(0)) {
      const wrong = statement.submit(connection);
      if (wrong === null) this.#statements.push(statement);
      else statement.handleError(wrong, connection);
    }
    connection.sync();
    connection.stream.uncork();
    this.#nameCurrent();
    return null;
  }

  override handleRowDescription(message: unknown): void {
    this.#statements[0]?.handleRowDescription(message);
  }

  override handleDataRow(message: unknown): void {
    this.#statements[0]?.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    this.#statements[0]?.handleCommandComplete(message, connection);
    this.#answer(connection);
  }

  override handleEmptyQuery(connection: Connection): void {
    this.#answer(connection);
  }

  override handleError(error: Error, connection: Connection): void {
    for (const { name } of this.#statements) {
      // What was left out was not parsed either.
      if (name !== undefined) Reflect.deleteProperty(connection.submittedNamedStatements, name);
    }
    for (const statement of this.#statements.splice(0)) statement.handleError(error, connection);
    if (this.callback !== undefined) super.handleError(error, connection);
  }

  #answer(connection: Connection): void {
    this.#statements.shift()?.handleReadyForQuery(connection);
    this.#nameCurrent();
  }

  /** By this the client keeps in mind what PostgreSQL has parsed. */
  #nameCurrent(): void {
    const [current] = this.#statements;
    this.name = current?.name;
    this.text = current?.text ?? '';
  }
}
