import { type Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type IncomingRecord } from '../kafka/kafka.port';
import { callRoute } from './call-route';
import { describeError } from '@expo-accord/observability';
import { advanceCursor, setKeyState } from './cursor';
import { isPermanent } from './failures';
import { isLater, type Place, readRecord, type Reading } from './reading';
import { type Routes } from './routes';

interface ParkedRow {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  headers: Record<string, string>;
  value: Buffer | null;
  /** An operator gave it up before a rebuild parked it again. */
  dropped: boolean;
}

interface Cursor {
  epoch: number;
  sequence: string;
}

const AT_ONCE = 200;

/** Tries the parked messages of a source again, in order, for as long as they work. */
export class Redriving {
  constructor(
    private readonly consumer: string,
    private readonly transactions: Transactions,
    private readonly routes: Routes,
  ) {}

  /**
   * Does what `redrive` has asked for. Answers how many messages went through.
   * @throws what stopped a source for now, after the others had their turn; it is tried again by the next call.
   */
  async perform(isOver: () => boolean): Promise<number> {
    const asked = await this.transactions.manager.query<{ source: string }[]>(
      `SELECT source FROM consumer_cursor WHERE consumer = $1 AND state = 'redriving' ORDER BY source`,
      [this.consumer],
    );
    let through = 0;
    let failure: Error | undefined;
    for (const { source } of asked) {
      try {
        let done: number | null = 0;
        while (done !== null && !isOver()) {
          through += done;
          done = await this.transactions.run((manager) => this.#someOf(source, manager));
        }
      } catch (error) {
        failure = error as Error;
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
    return through;
  }

  /** Null when there is nothing to do, or another process is at it. */
  async #someOf(source: string, manager: EntityManager): Promise<number | null> {
    // The row is held until the end, so that a message of this source that arrives now goes behind those that wait.
    const [cursor] = await manager.query<Cursor[]>(
      `SELECT epoch, sequence FROM consumer_cursor
       WHERE consumer = $1 AND source = $2 AND state = 'redriving' FOR UPDATE SKIP LOCKED`,
      [this.consumer, source],
    );
    if (cursor === undefined) {
      return null;
    }
    const rows = await manager.query<ParkedRow[]>(
      `SELECT topic, partition, "offset", message_key AS key, headers, value,
         EXISTS (SELECT 1 FROM dropped_message d WHERE d.consumer = p.consumer AND d.topic = p.topic
           AND d.partition = p.partition AND d."offset" = p."offset") AS dropped
       FROM parked_message p
       WHERE consumer = $1 AND source = $2 ORDER BY topic, partition, "offset" LIMIT ${AT_ONCE}`,
      [this.consumer, source],
    );
    const key = { consumer: this.consumer, source };
    let last: Place = { epoch: cursor.epoch, sequence: Number(cursor.sequence) };
    let through = 0;
    for (const row of rows) {
      const reading = readRecord(recordOf(row), this.routes);
      // What a relay had sent twice was parked twice.
      const isNews = reading.place === null || isLater(reading.place, last);
      const failure = isNews && !row.dropped ? await this.#failureOf(reading) : null;
      if (failure !== null) {
        await this.#explain(manager, row, failure);
        await setKeyState(manager, key, 'parked');
        return through;
      }
      await this.#forget(manager, row);
      if (isNews && reading.place !== null) {
        last = reading.place;
        await advanceCursor(manager, key, last);
      }
      through += 1;
    }
    if (rows.length < AT_ONCE) {
      await setKeyState(manager, key, 'flowing');
    }
    return through;
  }

  /** Null when it went through. A gap is no failure here: somebody has looked at it and said to go on. */
  async #failureOf(reading: Reading): Promise<{ reason: string; detail: string } | null> {
    if (reading.kind === 'poison') {
      return reading;
    }
    if (reading.kind === 'ignored' || reading.route === undefined) {
      return null;
    }
    const { route, received } = reading;
    try {
      await this.transactions.attempt((manager) =>
        callRoute(route, [received], {
          manager,
          afterCommit: (effect) => {
            this.transactions.afterCommit(effect);
          },
        }),
      );
      return null;
    } catch (error) {
      if (!isPermanent(error)) {
        throw error;
      }
      const { name, message } = describeError(error);
      return { reason: 'failed', detail: `${name}: ${message}` };
    }
  }

  async #explain(manager: EntityManager, row: ParkedRow, why: { reason: string; detail: string }): Promise<void> {
    await manager.query(
      `UPDATE parked_message SET reason = $5, detail = $6
       WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" = $4`,
      [this.consumer, row.topic, row.partition, row.offset, why.reason, why.detail],
    );
  }

  async #forget(manager: EntityManager, row: ParkedRow): Promise<void> {
    await manager.query(
      'DELETE FROM parked_message WHERE consumer = $1 AND topic = $2 AND partition = $3 AND "offset" = $4',
      [this.consumer, row.topic, row.partition, row.offset],
    );
  }
}

function recordOf({ topic, partition, offset, key, headers, value }: ParkedRow): IncomingRecord {
  return {
    topic,
    partition,
    offset: BigInt(offset),
    key: key === null ? null : Buffer.from(key, 'utf8'),
    headers,
    value,
  };
}
