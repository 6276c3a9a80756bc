import { type Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type IncomingRecord } from '../kafka/kafka.port';
import { callRoute } from './call-route';
import { describeError } from '@expo-accord/observability';
import { isPermanent } from './failures';
import { type Place, readRecord, type Reading } from './reading';
import { type Routes } from './routes';

interface ParkedRow {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  headers: Record<string, string>;
  value: Buffer | null;
}

const AT_ONCE = 200;

/** Tries the parked messages of a source again, in order, for as long as they work. */
export class Redriving {
  constructor(
    private readonly consumer: string,
    private readonly transactions: Transactions,
    private readonly routes: Routes,
  ) {}

  /** Does what `redrive` has asked for. Answers how many messages went through. */
  async perform(): Promise<number> {
    let through = 0;
    for (;;) {
      const done = await this.transactions.run((manager) => this.#oneKey(manager));
      if (done === null) {
        return through;
      }
      through += done;
    }
  }

  async #oneKey(manager: EntityManager): Promise<number | null> {
    // The row is held until the end, so that a message of this source that arrives now goes behind those that wait.
    const [cursor] = await manager.query<{ source: string }[]>(
      `SELECT source FROM consumer_cursor WHERE consumer = $1 AND state = 'redriving' LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [this.consumer],
    );
    if (cursor === undefined) {
      return null;
    }
    const rows = await manager.query<ParkedRow[]>(
      `SELECT topic, partition, "offset", message_key AS key, headers, value FROM parked_message
       WHERE consumer = $1 AND source = $2 ORDER BY topic, partition, "offset" LIMIT ${AT_ONCE}`,
      [this.consumer, cursor.source],
    );
    let through = 0;
    for (const row of rows) {
      const reading = readRecord(recordOf(row), this.routes);
      const failure = await this.#failureOf(reading);
      if (failure !== null) {
        await this.#explain(manager, row, failure);
        await this.#setState(manager, cursor.source, 'parked');
        return through;
      }
      await this.#forget(manager, row);
      if (reading.place !== null) {
        await this.#advance(manager, cursor.source, reading.place);
      }
      through += 1;
    }
    if (rows.length < AT_ONCE) {
      await this.#setState(manager, cursor.source, 'flowing');
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

  async #advance(manager: EntityManager, source: string, { epoch, sequence }: Place): Promise<void> {
    await manager.query(
      `UPDATE consumer_cursor SET epoch = $3, sequence = $4
       WHERE consumer = $1 AND source = $2 AND (epoch, sequence) < ($3, $4)`,
      [this.consumer, source, epoch, sequence],
    );
  }

  async #setState(manager: EntityManager, source: string, state: 'parked' | 'flowing'): Promise<void> {
    await manager.query('UPDATE consumer_cursor SET state = $3 WHERE consumer = $1 AND source = $2', [
      this.consumer,
      source,
      state,
    ]);
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
