import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { registrationRegistered, registrationTopic, seriesRecorded, seriesTopic } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { kafkaSettings, OnMessages, Outbox, outgoing, type Received } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import {
  dataSourceOf,
  say,
  series,
  service,
  surroundings,
  type Surroundings,
  tenantId,
} from '../support/messaging-service';
import { until } from '../support/until';
import { checkEffects } from './check-effects';
import { checkStreams } from './check-streams';
import { type Finding, type Row, type Said } from './history';
import { readSaid, readStreams } from './read-streams';

/** A session that works on the schema as the service does. */
async function connected({ db }: Surroundings): Promise<Client> {
  const client = new Client({ connectionString: db.url, options: `-c search_path=${db.schema}` });
  await client.connect();
  return client;
}

/** What the product's relay is not: it believes that ids commit in order, and remembers only the last that it sent. */
class CarelessRelay {
  #cursor = '0';

  private constructor(
    private readonly client: Client,
    private readonly around: Surroundings,
    private readonly order: 'ASC' | 'DESC',
  ) {}

  /** Owns the outbox in the place of the product's relay, which then stands by. */
  static async own(around: Surroundings, order: 'ASC' | 'DESC' = 'ASC'): Promise<CarelessRelay> {
    const client = await connected(around);
    await client.query(`SELECT pg_advisory_lock(hashtext('outbox relay ' || current_schema()), 0)`);
    return new CarelessRelay(client, around, order);
  }

  async send(): Promise<void> {
    const { rows } = await this.client.query<{
      id: string;
      topic: string;
      key: string;
      headers: Record<string, string>;
      value: Buffer;
    }>(`SELECT id, topic, message_key AS key, headers, value FROM outbox WHERE id > $1 ORDER BY id ${this.order}`, [
      this.#cursor,
    ]);
    const { brokers, topicPrefix } = this.around.kafka;
    const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer();
    await producer.connect();
    for (const { id, topic, ...message } of rows) {
      await producer.send({ topic: topicPrefix + topic, messages: [message] });
      this.#cursor = BigInt(id) > BigInt(this.#cursor) ? id : this.#cursor;
    }
    await producer.disconnect();
  }

  async tidyUp(): Promise<void> {
    await this.client.query('DELETE FROM outbox WHERE id <= $1', [this.#cursor]);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Appends a message and holds its transaction open. Answers how to commit it. */
async function sayLate(app: NestFastifyApplication, seriesId: string): Promise<() => Promise<void>> {
  let commit!: () => void;
  const released = new Promise<void>((resolve) => (commit = resolve));
  let appended!: () => void;
  const isAppended = new Promise<void>((resolve) => (appended = resolve));
  const message = outgoing(seriesRecorded, { aggregateId: seriesId, tenantId, data: series(seriesId) });
  const transaction = app.get(Transactions).run(async (manager) => {
    await app.get(Outbox).append(manager, [message]);
    appended();
    await released;
  });
  await isAppended;
  return async () => {
    commit();
    await transaction;
  };
}

async function said({ env }: Surroundings, topic: string): Promise<Said[]> {
  return readSaid(readSettings(kafkaSettings, env), [topic]);
}

async function streamFindings(around: Surroundings): Promise<Finding[]> {
  const client = await connected(around);
  try {
    return checkStreams(await said(around, seriesTopic.name), [await readStreams(client, around.db.schema)]);
  } finally {
    await client.end();
  }
}

describe('what is wrong on purpose', () => {
  let around: Surroundings;
  let app: NestFastifyApplication | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
    await around.drop();
  });

  describe('with a relay', () => {
    beforeEach(async () => {
      around = await surroundings();
    });

    it('that follows a cursor is found to lose a lower id that was committed late', async () => {
      const relay = await CarelessRelay.own(around);
      app = await service(around);
      const late = newId();
      const commit = await sayLate(app, late);
      await say(app, newId());
      await relay.send();
      await commit();
      await relay.send();
      await relay.tidyUp();
      await relay.close();
      expect(await streamFindings(around)).toEqual([
        { kind: 'loss', about: `/series/${late}`, detail: '1 of 1 is neither on the topic nor in the outbox' },
      ]);
    });

    it('that sends out of order is found to', async () => {
      const relay = await CarelessRelay.own(around, 'DESC');
      app = await service(around);
      const seriesId = newId();
      for (let count = 0; count < 3; count += 1) await say(app, seriesId);
      await relay.send();
      await relay.tidyUp();
      await relay.close();
      expect(await streamFindings(around)).toEqual([
        { kind: 'reordering', about: `/series/${seriesId}`, detail: '2 came first after 3' },
        { kind: 'reordering', about: `/series/${seriesId}`, detail: '1 came first after 3' },
      ]);
    });

    it('of the product’s own, nothing is found after the same', async () => {
      const running = await service(around);
      app = running;
      const waiting = async (): Promise<number> => {
        const [row] = await dataSourceOf(running).query<{ count: number }[]>('SELECT count(*)::int FROM outbox');
        return row?.count ?? 0;
      };
      // The first message of a service that was at rest waits until nobody appends.
      await say(running, newId());
      await until(waiting, (count) => count === 0);
      const commit = await sayLate(running, newId());
      await say(running, newId());
      await until(waiting, (count) => count === 0);
      await commit();
      await until(waiting, (count) => count === 0);
      expect(await said(around, seriesTopic.name)).toHaveLength(3);
      expect(await streamFindings(around)).toEqual([]);
    });
  });

  it('with a consumer that counts outside the transaction which moves its cursor is found to count twice', async () => {
    @Controller()
    class CarelessCounter {
      #failed = false;

      constructor(private readonly dataSource: DataSource) {}

      @OnMessages('events.statistics', [registrationRegistered])
      async count(messages: readonly Received<typeof registrationRegistered>[]): Promise<void> {
        for (const { tenantId: tenant, data } of messages) {
          await this.dataSource.query(
            `INSERT INTO counted_registrations VALUES ($1, $2, $3, 1)
             ON CONFLICT (tenant_id, event_id, status) DO UPDATE SET count = counted_registrations.count + 1`,
            [tenant, data.eventId, data.status],
          );
        }
        if (!this.#failed) {
          this.#failed = true;
          throw new Error('something that passes');
        }
      }
    }
    around = await surroundings(['events.statistics'], [registrationTopic]);
    await around.db.query(
      `CREATE TABLE counted_registrations (tenant_id uuid, event_id uuid, status text, count int,
         PRIMARY KEY (tenant_id, event_id, status))`,
    );
    const running = await service(around, [CarelessCounter], ['events.statistics']);
    app = running;
    const aggregateId = newId();
    const data = { ...registrationRegistered.example, registrationId: aggregateId };
    const message = outgoing(registrationRegistered, { aggregateId, tenantId, data });
    await running.get(Transactions).run((manager) => running.get(Outbox).append(manager, [message]));
    await until(
      () => around.db.query('SELECT 1 FROM consumer_cursor WHERE sequence = 1'),
      (rows) => rows.length === 1,
    );
    const rows = await around.db.query<Row>('SELECT * FROM counted_registrations');
    const effects = { 'events.counted_registrations': rows };
    expect(checkEffects(await said(around, registrationTopic.name), [], effects)).toEqual([
      {
        kind: 'difference',
        about: `events.counted_registrations ${tenantId} ${data.eventId} confirmed`,
        detail: 'count is 2, and follows as 1',
      },
    ]);
  });
});
