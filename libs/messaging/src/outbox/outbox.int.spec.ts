import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { contactTopic, fromHeaders, seriesRecorded } from '@expo-accord/contracts';
import { newId, schemaDifference, Transactions } from '@expo-accord/database';
import { runInContext } from '@expo-accord/observability';
import {
  dataSourceOf,
  say,
  series,
  service,
  surroundings,
  type Surroundings,
  tenantId,
} from '../../../../test/support/messaging-service';
import { ContractViolation, Outbox, outgoing, Relay, tombstone } from '..';
import { raiseEpoch } from './epoch';

let around: Surroundings;
let app: NestFastifyApplication;

beforeAll(async () => {
  around = await surroundings();
  app = await service(around);
  // What is appended stays to be looked at.
  await app.get(Relay).stop();
});

afterAll(async () => {
  await app.close();
  await around.drop();
});

interface Row {
  id: string;
  source: string;
  sequence: number;
  headers: Record<string, string>;
}

const rowsOf = (seriesId: string) =>
  around.db.query<Row>(
    `SELECT id, headers ->> 'ce_source' AS source, (headers ->> 'ce_sequence')::int AS sequence, headers
     FROM outbox WHERE headers ->> 'ce_source' = $1 ORDER BY id`,
    [`/series/${seriesId}`],
  );
const sequences = (rows: Row[]) => rows.map(({ sequence }) => sequence);

describe('the outbox', () => {
  it('numbers the messages of an aggregate in the order of their ids, however many append at once', async () => {
    const [a, b] = [newId(), newId()];
    await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? say(app, a, b, a) : say(app, b, a))));
    expect(sequences(await rowsOf(a))).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(sequences(await rowsOf(b))).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  });

  it('writes any number in the transaction, also where COMMIT is sent without waiting for it', async () => {
    const ids = Array.from({ length: 45 }, () => newId());
    const messages = [...ids, ...ids].map((aggregateId) =>
      outgoing(seriesRecorded, { aggregateId, tenantId, data: series(aggregateId) }),
    );
    const transactions = app.get(Transactions);
    await transactions.run((manager) => transactions.last(app.get(Outbox).append(manager, messages)));
    const rows = await around.db.query<{ sequences: number[]; transactions: number }>(
      `SELECT array_agg((o.headers ->> 'ce_sequence')::int ORDER BY o.id) AS sequences,
              count(DISTINCT o.xmin::text) + count(DISTINCT s.xmin::text) FILTER (WHERE s.xmin <> o.xmin) AS transactions
         FROM outbox o JOIN message_stream s ON s.source = o.headers ->> 'ce_source'
        WHERE s.source = ANY ($1) GROUP BY s.source`,
      [ids.map((id) => `/series/${id}`)],
    );
    expect(rows).toEqual(ids.map(() => ({ sequences: [1, 2], transactions: '1' })));
  });

  it('leaves no gap where a transaction was rolled back', async () => {
    const id = newId();
    await say(app, id);
    const rolledBack = app.get(Transactions).run(async () => {
      await say(app, id, id);
      throw new Error('changed its mind');
    });
    await expect(rolledBack).rejects.toThrow('changed its mind');
    await say(app, id);
    expect(sequences(await rowsOf(id))).toEqual([1, 2]);
  });

  it('raises the epoch, so that numbers given out again after a restore are later ones', async () => {
    const id = newId();
    await say(app, id);
    await raiseEpoch(dataSourceOf(app));
    await say(app, id);
    const envelopes = (await rowsOf(id)).map(({ headers }) => fromHeaders(headers));
    expect(envelopes.map(({ epoch, sequence }) => [epoch, sequence])).toEqual([
      [2, 1],
      [3, 2],
    ]);
  });

  it('tells what a message was caused by', async () => {
    const [id, requestId, causationId] = [newId(), newId(), newId()];
    await runInContext({ requestId, causationId, traceparent: '00-abc-def-01' }, () => say(app, id));
    const [row] = await rowsOf(id);
    expect(fromHeaders(row!.headers)).toMatchObject({
      correlationId: requestId,
      causationId,
      traceparent: '00-abc-def-01',
    });
  });

  it('refuses data that breaks its contract, without repeating the data', () => {
    const say = () =>
      outgoing(seriesRecorded, { aggregateId: newId(), tenantId, data: { ...series(newId()), kind: 'secret words' } });
    expect(say).toThrow(ContractViolation);
    expect(say).not.toThrow('secret words');
  });

  it('takes tombstones for compacted topics only', async () => {
    const id = newId();
    await app
      .get(Transactions)
      .run((manager) => app.get(Outbox).append(manager, [tombstone(contactTopic, id, tenantId)]));
    const [row] = await around.db.query<{ value: null }>(
      `SELECT value FROM outbox WHERE headers ->> 'ce_source' = '/contacts/${id}'`,
    );
    expect(row).toEqual({ value: null });
    expect(() => tombstone(seriesRecorded.topic, id, tenantId)).toThrow(ContractViolation);
  });

  it('has tables that are what the entities say', async () => {
    await around.db.query('DROP TABLE effect');
    expect(await schemaDifference(dataSourceOf(app))).toEqual([]);
  });
});
