import { deadLetterTopicOf } from '@expo-accord/contracts';
import { describeError } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { type IncomingRecord } from '../kafka/kafka.port';
import { type Reading } from './reading';

interface Parked {
  readonly reading: Reading;
  readonly reason: string;
  readonly detail: string | null;
}

/** Collects what a transaction parks, and writes it at its end. */
export class Parking {
  #parked: Parked[] = [];
  readonly #ended: IncomingRecord[] = [];

  constructor(
    private readonly manager: EntityManager,
    private readonly consumer: string,
  ) {}

  get reasons(): readonly string[] {
    return this.#parked.map(({ reason }) => reason);
  }

  add(reading: Reading, reason: string, detail: string | null): void {
    this.#parked.push({ reading, reason, detail });
  }

  addFailed(reading: Reading, error: unknown): void {
    const { name, message } = describeError(error);
    this.add(reading, 'failed', `${name}: ${message}`);
  }

  /** Also what this transaction has collected and not yet written. */
  async forget(source: string): Promise<void> {
    this.#parked = this.#parked.filter(({ reading }) => reading.source !== source);
    await this.manager.query('DELETE FROM parked_message WHERE consumer = $1 AND source = $2', [this.consumer, source]);
  }

  /**
   * With the tombstone of a key goes what of it could not even be read, and so is parked under no source that could end:
   * Kafka lets go of it by the key as well.
   * @returns sources of what this transaction had collected, and now has not
   */
  end(tombstone: IncomingRecord): string[] {
    this.#ended.push(tombstone);
    const isUnreadable = ({ reading: { place, record } }: Parked): boolean =>
      place === null && record.topic === tombstone.topic && keyOf(record) === keyOf(tombstone);
    const unreadable = this.#parked.filter(isUnreadable);
    this.#parked = this.#parked.filter((each) => !unreadable.includes(each));
    return unreadable.map(({ reading }) => reading.source);
  }

  async save(): Promise<void> {
    await this.#forgetUnreadable();
    if (this.#parked.length === 0) {
      return;
    }
    await this.#keep();
    // Those behind it are only waiting; the dead letter is the one to look at.
    await this.#sendCopies(this.#parked.filter(({ reason }) => reason !== 'behind-parked'));
  }

  async #forgetUnreadable(): Promise<void> {
    if (this.#ended.length === 0) {
      return;
    }
    await this.manager.query(
      `WITH gone AS (
         DELETE FROM parked_message p USING unnest($2::text[], $3::text[]) AS ended (topic, key)
          WHERE p.consumer = $1 AND p.topic = ended.topic AND p.message_key = ended.key AND p.reason = 'no-envelope'
         RETURNING p.source)
       DELETE FROM consumer_cursor c USING gone WHERE c.consumer = $1 AND c.source = gone.source`,
      [this.consumer, this.#ended.map(({ topic }) => topic), this.#ended.map(keyOf)],
    );
  }

  async #keep(): Promise<void> {
    const records = this.#parked.map(({ reading }) => reading.record);
    await this.manager.query(
      `INSERT INTO parked_message (consumer, topic, partition, "offset", message_key, headers, value, source, reason, detail)
       SELECT $1, topic, partition, "offset", key, headers::jsonb, value, source, reason, detail
       FROM unnest($2::text[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::text[], $10::text[])
         AS parked (topic, partition, "offset", key, headers, value, source, reason, detail)
       ON CONFLICT DO NOTHING`,
      [
        this.consumer,
        records.map(({ topic }) => topic),
        records.map(({ partition }) => partition),
        records.map(({ offset }) => String(offset)),
        records.map(keyOf),
        records.map((record) => JSON.stringify(headersOf(record))),
        records.map(({ value }) => value),
        this.#parked.map(({ reading }) => reading.source),
        this.#parked.map(({ reason }) => reason),
        this.#parked.map(({ detail }) => detail),
      ],
    );
  }

  /** Through the outbox, so that the copy travels if and only if the record was parked. */
  async #sendCopies(failed: readonly Parked[]): Promise<void> {
    await this.manager.query(
      `INSERT INTO outbox (topic, message_key, headers, value)
       SELECT $1, key, headers::jsonb, value FROM unnest($2::text[], $3::text[], $4::bytea[]) AS copy (key, headers, value)`,
      [
        deadLetterTopicOf(this.consumer).name,
        failed.map(({ reading }) => keyOf(reading.record)),
        failed.map((parked) => JSON.stringify(this.#deadLetterHeaders(parked))),
        // A dead-letter topic is kept for weeks and read by many: what is restricted stays where it is.
        failed.map(({ reading }) => (reading.topic?.visibility === 'restricted' ? null : reading.record.value)),
      ],
    );
  }

  /** Spring's names, which tools for dead letters know. */
  #deadLetterHeaders({ reading: { record }, reason, detail }: Parked): Record<string, string> {
    return {
      ...headersOf(record),
      'kafka_dlt-original-topic': record.topic,
      'kafka_dlt-original-partition': String(record.partition),
      'kafka_dlt-original-offset': String(record.offset),
      'kafka_dlt-original-consumer-group': this.consumer,
      'kafka_dlt-exception-fqcn': reason,
      'kafka_dlt-exception-message': detail ?? reason,
    };
  }
}

function keyOf({ key }: IncomingRecord): string | null {
  return key === null ? null : withoutNul(key.toString('utf8'));
}

function headersOf({ headers }: IncomingRecord): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const single = Array.isArray(value) ? value[0] : value;
    return single === undefined ? [] : [[withoutNul(name), withoutNul(single.toString('utf8'))] as const];
  });
  return Object.fromEntries(entries);
}

/** PostgreSQL cannot keep the character; a poison must not be what stops the parking of poison. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
