import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesRecorded, seriesTopic, toHeaders } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { type MessageHandler } from '@nestjs/microservices';
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
import { type MessageContext, type ReceivedTombstone } from './received';
import { Routes } from './routes';

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

const effects = async () => (await around.db.query('SELECT 1 FROM effect')).length;
const position = async () => (await new Positions(consumer).all(dataSourceOf(app).manager))[0]?.next;

describe('a process that believes a partition to be its own', () => {
  it('takes nothing that another has taken at the same time', async () => {
    const records = recordsFrom(0);
    const taken = await Promise.all(
      [instance(), instance()].map((one) => one.take(partition, records, 0n, 'one by one')),
    );
    expect(taken.filter((one) => one === 'elsewhere')).toHaveLength(1);
    expect([await effects(), await position()]).toEqual([3, 3n]);
  });

  it('takes nothing, and moves nothing back, once another has gone on', async () => {
    const [early, late] = [recordsFrom(0), recordsFrom(3)];
    await instance().take(partition, early, 0n, 'together');
    await instance().take(partition, late, 3n, 'together');
    expect(await instance().take(partition, early, 0n, 'together')).toBe('elsewhere');
    expect([await effects(), await position()]).toEqual([6, 6n]);
  });

  it('takes nothing once the consumer was reset', async () => {
    await instance().take(partition, recordsFrom(0), 0n, 'together');
    await resetConsumer(dataSourceOf(app), consumer);
    expect(await instance().take(partition, recordsFrom(3), 3n, 'together')).toBe('elsewhere');
    expect([await effects(), await position()]).toEqual([3, undefined]);
  });
});
