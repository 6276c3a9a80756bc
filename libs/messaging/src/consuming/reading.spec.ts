import { contactTopic, seriesRecorded, seriesTopic, toHeaders } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type IncomingRecord } from '../kafka/kafka.port';
import { tombstonePattern } from './on-message.decorator';
import { readRecord } from './reading';
import { Routes } from './routes';

const routes = Routes.of(
  'events.spec',
  new Map(
    [seriesRecorded.type, tombstonePattern(contactTopic.name)].map((pattern) => [
      pattern,
      Object.assign(() => Promise.resolve(), {
        extras: {
          role: {
            kind: 'single',
            method: Symbol(pattern),
            contracts: pattern === seriesRecorded.type ? [seriesRecorded] : [],
            topics: [pattern === seriesRecorded.type ? seriesTopic : contactTopic],
          },
        },
      }) as never,
    ]),
  ),
);

const aggregateId = newId();

const record = (change: Partial<IncomingRecord> = {}, type: string = seriesRecorded.type): IncomingRecord => ({
  topic: seriesTopic.name,
  partition: 2,
  offset: 7n,
  key: Buffer.from('key'),
  headers: toHeaders({
    id: newId(),
    source: `/series/${aggregateId}`,
    type,
    subject: aggregateId,
    time: new Date().toISOString(),
    partitionKey: 'key',
    tenantId: newId(),
    correlationId: newId(),
    causationId: newId(),
    epoch: 1,
    sequence: 3,
  }),
  value: Buffer.from(JSON.stringify(seriesRecorded.example)),
  ...change,
});

describe('reading a record', () => {
  it('finds a message with its place, its aggregate and its data', () => {
    expect(readRecord(record(), routes)).toMatchObject({
      kind: 'message',
      place: { epoch: 1, sequence: 3 },
      received: { aggregateId, data: seriesRecorded.example },
    });
  });

  it('ignores a type that nobody here takes, even when its data is nothing we know', () => {
    const strange = record({ value: Buffer.from('{"x":1}') }, 'expo-accord.series.renamed.v1');
    expect(readRecord(strange, routes)).toMatchObject({ kind: 'ignored', place: { sequence: 3 } });
  });

  it.each([
    ['no envelope', { headers: {} }, 'no-envelope'],
    ['a value that is no JSON', { value: Buffer.from('{') }, 'no-json'],
    ['data that breaks its contract', { value: Buffer.from('{}') }, 'schema'],
    ['a tombstone where none belongs', { value: null }, 'tombstone'],
  ])('takes %s for a poison, and does not throw', (_name, change, reason) => {
    expect(readRecord(record(change), routes)).toMatchObject({ kind: 'poison', reason });
  });

  it('gives what has no envelope a source of its own, so that it holds nothing else up', () => {
    expect(readRecord(record({ headers: {} }), routes).source).toBe('unreadable:events.series/2/7');
  });

  it('takes a tombstone on a compacted topic for one', () => {
    expect(readRecord(record({ topic: contactTopic.name, value: null }), routes)).toMatchObject({ kind: 'tombstone' });
  });
});
