import { type DataSource } from 'typeorm';
import { Client, type ClientConfig } from 'pg';
import { type OutgoingRecord } from '../kafka/kafka.port';
import { EmptiedPart } from './emptied-part';
import { RELAY_LOCK, relayNameOf } from './relay-lock';

export interface QueuedRecord extends OutgoingRecord {
  readonly id: string;
}

const SHARD = 0;
const BATCH_RECORDS = 500;
/** One record batch of a partition has to stay below the 1 MB that a broker takes by default. */
const BATCH_BYTES = 900_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/**
 * A delete that a crash of the server undoes makes us send again, which is allowed; so none has to wait for the disk.
 *
 * The oldest are found by walking along the index. What PostgreSQL knows of a table that fills and empties all the time is
 * never true, and by that it would rather read and sort all that is there, at each read: the more waits, the slower.
 */
const SESSION = `SET synchronous_commit = off; SET enable_seqscan = off; SET enable_bitmapscan = off;
  SET plan_cache_mode = force_generic_plan`;

/**
 * The outbox as its one owner sees it. Ownership, reading and deleting share one connection of their own: when the
 * connection is lost so is the lock, and nothing more can be read, hence nothing more be sent. What is asked is sent at
 * once, and PostgreSQL does it in that order: so a read needs not wait for the answer to the removal before it.
 */
export class OutboxQueue {
  readonly #emptied = new EmptiedPart();
  #lost = false;

  private constructor(
    private readonly client: Client,
    private readonly onLost: () => void,
  ) {
    client.on('error', () => {
      this.#lose();
    });
    client.on('end', () => {
      this.#lose();
    });
  }

  static async connect(dataSource: DataSource, onLost: () => void): Promise<OutboxQueue> {
    const client = new Client(clientConfig(dataSource));
    const queue = new OutboxQueue(client, onLost);
    await client.connect();
    await client.query(SESSION);
    return queue;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** Not the waiting kind of lock: a statement that waits holds a snapshot, and with it all dead rows of the outbox. */
  async tryToOwn(): Promise<boolean> {
    const { rows } = await this.client.query<{ owned: boolean }>(
      `SELECT pg_try_advisory_lock(${RELAY_LOCK}, $1) AS owned`,
      [SHARD],
    );
    return rows[0]?.owned ?? false;
  }

  /** The oldest records, as many as one send may carry. Sees every removal that was begun before, done or not. */
  async oldest(): Promise<QueuedRecord[]> {
    const { rows } = await this.client.query<QueuedRecord>({
      name: 'oldest',
      text: `SELECT id, topic, message_key AS key, headers, value
             FROM outbox WHERE shard = $1 AND id > $2 ORDER BY id LIMIT ${BATCH_RECORDS}`,
      values: [SHARD, String(this.#emptied.through)],
    });
    this.#emptied.read(rows[0] === undefined ? undefined : BigInt(rows[0].id));
    let bytes = 0;
    const end = rows.findIndex((row) => (bytes += sizeOf(row)) > BATCH_BYTES);
    // The first always goes, however large: `append` has seen to it that it fits.
    return end === -1 ? rows : rows.slice(0, Math.max(end, 1));
  }

  /** Exactly these: a lower id may have been committed after they were read. */
  async remove(records: readonly QueuedRecord[]): Promise<void> {
    const { rows } = await this.client.query<{ transaction: string; oldest: string }>({
      name: 'remove',
      text: `WITH removed AS (DELETE FROM outbox WHERE id = ANY($1::bigint[]))
             SELECT pg_current_xact_id()::text AS transaction, pg_snapshot_xmin(pg_current_snapshot())::text AS oldest`,
      values: [records.map(({ id }) => id)],
    });
    const [row] = rows;
    const last = records.at(-1);
    if (row !== undefined && last !== undefined) {
      this.#emptied.removed(BigInt(last.id), { transaction: BigInt(row.transaction), oldest: BigInt(row.oldest) });
    }
  }

  /** Ends the session, and with it the ownership. */
  async close(): Promise<void> {
    this.#lost = true;
    await this.client.end().catch(() => undefined);
  }

  #lose(): void {
    if (!this.#lost) {
      this.#lost = true;
      this.onLost();
    }
  }
}

function clientConfig({ options }: DataSource): ClientConfig {
  if (options.type !== 'postgres') {
    throw new TypeError('The outbox is read from PostgreSQL only');
  }
  const { options: startup } = options.extra as { options?: string };
  return {
    connectionString: options.url,
    ssl: options.ssl as ClientConfig['ssl'],
    options: startup,
    application_name: relayNameOf(options),
    connectionTimeoutMillis: options.connectTimeoutMS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    pipeline: true,
  };
}

function sizeOf({ headers, value }: QueuedRecord): number {
  return Buffer.byteLength(JSON.stringify(headers)) + (value?.length ?? 0);
}
