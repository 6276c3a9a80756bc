import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { contactTopic, seriesRecorded, seriesTopic, toHeaders, type TopicContract } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { type MessageHandler } from '@nestjs/microservices';
import { type EntityManager } from 'typeorm';
import {
  dataSourceOf,
  series,
  service,
  surroundings,
  type Surroundings,
  tenantId,
} from '../../../../test/support/messaging-service';
import { resetConsumer } from '../../../../test/support/reset-consumer';
import { type IncomingRecord } from '../kafka/kafka.port';
import { BatchTransaction } from './batch-transaction';
import { type HandlerRole } from './on-message.decorator';
import { Positions } from './positions';
import { PresumingTransaction } from './presuming-transaction';
import { moveCursors, Presumption } from './presumption';
import { type Reading } from './reading';
import { type MessageContext, type ReceivedTombstone } from './received';
import { Routes } from './routes';
import { type KeyProgress } from './verdict';

const consumer = 'events.fence-spec';
const partition = { topic: seriesTopic.name, partition: 0 };
const role: HandlerRole = {
  kind: 'single',
  contracts: [seriesRecorded],
  topics: [seriesTopic],
  method: Symbol('spec'),
};
const handle = async ({ source, sequence }: ReceivedTombstone, { manager }: MessageContext): Promise<void> => {
  await manager.query('INSERT INTO effect (source, sequence) VALUES ($1, $2)', [source, sequence]);
};
const handler = Object.assign(handle, { extras: { role } }) as unknown as MessageHandler;
const routes = Routes.of(consumer, new Map([[seriesRecorded.type, handler]]));

let around: Surroundings;
let app: NestFastifyApplication;

beforeEach(async () => {
  around = await surroundings();
  app = await service(around);
  await new Positions(consumer).beginOrFind(dataSourceOf(app).manager, partition, 0n);
});

afterEach(async () => {
  await app.close();
  await around.drop();
});

/** What one process would use; any two exclude each other through the database alone. */
const instance = () => new BatchTransaction(consumer, app.get(Transactions), routes, new Positions(consumer));

const presuming = () =>
  new PresumingTransaction(consumer, app.get(Transactions), routes, new Positions(consumer), instance());

function recordsFrom(offset: number): IncomingRecord[] {
  return Array.from({ length: 3 }, (_, at) => {
    const id = newId();
    const envelope = {
      id,
      source: `/series/${id}`,
      subject: id,
      partitionKey: id,
      tenantId,
      type: seriesRecorded.type,
    };
    const cause = { time: new Date().toISOString(), correlationId: id, causationId: id, epoch: 1, sequence: 1 };
    return {
      ...partition,
      offset: BigInt(offset + at),
      key: null,
      headers: toHeaders({ ...envelope, ...cause }),
      value: Buffer.from(JSON.stringify(series(id))),
    };
  });
}

/** The same that many offsets later, as a relay sends it that was not heard. */
const at =
  (first: number) =>
  (record: IncomingRecord, nth: number): IncomingRecord => ({ ...record, offset: BigInt(first + nth) });

const keep = (manager: EntityManager, source: string, { epoch, sequence, state }: KeyProgress) =>
  manager.query('INSERT INTO consumer_cursor VALUES ($1, $2, $3, $4, $5)', [consumer, source, epoch, sequence, state]);

const effects = async () => (await around.db.query('SELECT 1 FROM effect')).length;
const position = async () => (await new Positions(consumer).all(dataSourceOf(app).manager))[0]?.next;

describe('a process that believes a partition to be its own', () => {
  it('takes nothing that another has taken at the same time', async () => {
    const records = recordsFrom(0);
    const taken = await Promise.all(
      [instance(), instance()].flatMap((one) => [
        one.take(partition, records, 0n, 'one by one'),
        presuming().take(partition, records, 0n),
      ]),
    );
    expect(taken.filter((one) => one === 'elsewhere')).toHaveLength(3);
    expect([await effects(), await position()]).toEqual([3, 3n]);
  });

  it('takes nothing, and moves nothing back, once another has gone on', async () => {
    const [early, late] = [recordsFrom(0), recordsFrom(3)];
    await presuming().take(partition, early, 0n);
    await instance().take(partition, late, 3n, 'together');
    expect(await instance().take(partition, early, 0n, 'together')).toBe('elsewhere');
    expect(await presuming().take(partition, early, 0n)).toBe('elsewhere');
    expect([await effects(), await position()]).toEqual([6, 6n]);
  });

  it('takes nothing once the consumer was reset', async () => {
    await instance().take(partition, recordsFrom(0), 0n, 'together');
    await resetConsumer(dataSourceOf(app), consumer);
    expect(await instance().take(partition, recordsFrom(3), 3n, 'together')).toBe('elsewhere');
    expect(await presuming().take(partition, recordsFrom(3), 3n)).toBe('elsewhere');
    expect([await effects(), await position()]).toEqual([3, undefined]);
  });
});

describe('what is presumed of a batch', () => {
  it('leaves nothing behind where it is wrong', async () => {
    const one = presuming();
    const records = recordsFrom(0);
    expect(await one.take(partition, records, 0n)).toMatchObject({ taken: 3, handled: 3 });
    expect(await one.take(partition, records.map(at(3)), 3n)).toMatchObject({ taken: 3, handled: 0 });
    const twice = recordsFrom(6);
    expect(await one.take(partition, [...twice, ...twice.map(at(9))], 6n)).toMatchObject({ taken: 6, handled: 3 });
    expect([await effects(), await position()]).toEqual([6, 12n]);
  });

  it('is wrong where a key is parked, and where numbers are missing or were there', async () => {
    const stood = (sequence: number, state: KeyProgress['state'] = 'flowing') => ({ epoch: 1, sequence, state });
    const cases: [presumed: boolean, sequence: number, cursor: KeyProgress | undefined, topic?: TopicContract][] = [
      [true, 1, undefined],
      [false, 2, undefined],
      [true, 3, stood(2)],
      [false, 2, stood(2)],
      [false, 4, stood(2)],
      [false, 3, stood(2, 'parked')],
      [false, 3, stood(2, 'redriving')],
      [true, 3, { ...stood(2), epoch: 0 }],
      [false, 3, { ...stood(2), epoch: 2 }],
      [false, 4, { ...stood(2), epoch: 0 }],
      [false, 1, stood(1)],
      // Of a compacted topic, numbers may be missing.
      [true, 4, stood(2), contactTopic],
      [false, 2, stood(2), contactTopic],
    ];
    await app.get(Transactions).run(async (manager) => {
      for (const [presumed, sequence, cursor, topic = seriesTopic] of cases) {
        const source = `/series/${newId()}`;
        const place = { epoch: 1, sequence };
        const reading = {
          kind: 'ignored',
          type: 'x',
          source,
          place,
          topic,
          record: {},
        } as unknown as Reading;
        if (cursor !== undefined) await keep(manager, source, cursor);
        const answer = await moveCursors(manager, consumer, [Presumption.of([reading]) as Presumption]);
        expect([cursor, sequence, answer]).toEqual([cursor, sequence, presumed]);
      }
    });
  });
});

describe('few records of several partitions', () => {
  const partitions = [0, 1, 2].map((number) => ({ topic: seriesTopic.name, partition: number }));

  beforeEach(async () => {
    const positions = new Positions(consumer);
    for (const each of partitions) await positions.beginOrFind(dataSourceOf(app).manager, each, 0n);
  });

  const transactionsOfEffects = async () => (await around.db.query('SELECT DISTINCT xmin::text FROM effect')).length;
  const places = async () => {
    const all = await new Positions(consumer).all(dataSourceOf(app).manager);
    return all.sort((a, b) => a.partition - b.partition).map(({ next }) => Number(next));
  };

  it('are committed together', async () => {
    const one = presuming();
    const taken = await Promise.all(partitions.map((each) => one.take(each, recordsFrom(0), 0n)));
    for (const each of taken) expect(each).toMatchObject({ next: 3n, handled: 3 });
    expect([await effects(), await transactionsOfEffects(), await places()]).toEqual([9, 1, [3, 3, 3]]);
  });

  it('are not committed together where they are of the same source', async () => {
    const one = presuming();
    const [record] = recordsFrom(0);
    const taken = await Promise.all(partitions.map((each) => one.take(each, [record!], 0n)));
    expect(taken.map((each) => (each === 'elsewhere' ? each : each.handled)).sort()).toEqual([0, 0, 1]);
    expect(await effects()).toBe(1);
  });

  it('are taken without those that another has taken, or that fail', async () => {
    const one = presuming();
    await instance().take(partitions[0]!, recordsFrom(0), 0n, 'together');
    const [again] = recordsFrom(0);
    await keep(dataSourceOf(app).manager, `/series/${String(again?.headers.ce_subject)}`, {
      epoch: 1,
      sequence: 1,
      state: 'parked',
    });
    const taken = await Promise.all([
      one.take(partitions[0]!, recordsFrom(0), 0n),
      one.take(partitions[1]!, [again!], 0n),
      one.take(partitions[2]!, recordsFrom(0), 0n),
    ]);
    expect(taken).toEqual([
      'elsewhere',
      expect.objectContaining({ next: 1n, handled: 0 }),
      expect.objectContaining({ next: 3n, handled: 3 }),
    ]);
    expect([await effects(), await places()]).toEqual([6, [3, 1, 3]]);
  });
});
