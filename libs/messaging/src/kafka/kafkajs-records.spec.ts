/* eslint-disable @typescript-eslint/no-require-imports -- what is compared with is internal to kafkajs */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type * as KafkajsDecoding from './kafkajs-decoding';
import { type BatchContext, type DecodedRecord } from './kafkajs-decoding';
import type * as KafkajsRecords from './kafkajs-records';
import { type EncodedRecord, type UnencodedRecord } from './kafkajs-records';

type Encode = (record: UnencodedRecord) => EncodedRecord;
interface Decoder {
  buffer: Buffer;
  readVarIntBytes(): Buffer;
}
type Decode = (decoder: Decoder, context: BatchContext) => DecodedRecord;

const encoding = 'kafkajs/src/protocol/recordBatch/record/v0';
const decoding = 'kafkajs/src/protocol/recordBatch/record/v0/decoder';
// Before ours are put in their place.
const [theirs, theirDecoding] = [require(encoding) as Encode, require(decoding) as Decode];
const Decoder = require('kafkajs/src/protocol/decoder') as new (buffer: Buffer) => Decoder;
const { encodeRecord: ours } = require('./kafkajs-records') as typeof KafkajsRecords;
const { decodeRecord: ourDecoding } = require('./kafkajs-decoding') as typeof KafkajsDecoding;

const records: Record<string, UnencodedRecord> = {
  'with headers': { key: 'key', value: Buffer.from('{}'), headers: { ce_id: 'one', traceparent: 'ü' } },
  'without a value': { key: 'key', value: null, headers: { a: 'b' } },
  'without a key or headers': { key: null, value: Buffer.from('value') },
  'with bytes for a key and a header': { key: randomBytes(9), value: 'text', headers: { a: randomBytes(200) } },
  'with a header said twice': { key: 'key', value: 'value', headers: { a: ['one', Buffer.from('two')], b: 'c' } },
  'far into a batch': { key: 'key', value: 'value', offsetDelta: 70_000, timestampDelta: 2 ** 40 },
  'older than the first': { key: 'key', value: 'value', timestampDelta: -5_000 },
  'as large as may be': { key: 'ü'.repeat(100), value: randomBytes(900_000), headers: { a: 'ü'.repeat(40_000) } },
  'with fewer headers, and other names': { key: 'key', value: '{}', headers: { ce_iD: 'two', trace: '' } },
  'with a header that is no text': {
    key: 'key',
    value: '{}',
    headers: { a: Buffer.from([195, 255, 226]), b: 'd'.repeat(200) },
  },
  'with empty parts': { key: '', value: Buffer.alloc(0), headers: { a: '' } },
};

/** What nobody here reads in another way. */
function asTexts(headers: DecodedRecord['headers']): DecodedRecord['headers'] {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return Object.fromEntries(entries) as DecodedRecord['headers'];
}

describe('a record for Kafka', () => {
  it.each(Object.entries(records))('%s has the bytes that kafkajs makes of it', (_, record) => {
    expect(ours(record).buffer.equals(theirs(record).buffer)).toBe(true);
    expect(ours(record).buf).toBeInstanceOf(Buffer);
  });

  it.each([0, 1, 63, 64, 127, 128, 8_191, 8_192, 1_048_575])('may be %i bytes long', (length) => {
    const record = { key: 'key', value: Buffer.alloc(length, 'x'), headers: {} };
    expect(ours(record).buffer.equals(theirs(record).buffer)).toBe(true);
  });

  const contexts = [
    { timestampType: 0, isControlBatch: false },
    { timestampType: 1, isControlBatch: true },
  ].map((context) => ({
    ...context,
    firstOffset: '9007199254000000',
    firstTimestamp: '1795300000000',
    maxTimestamp: '1795300005000',
    magicByte: 2,
  }));

  it.each(Object.entries(records))('%s is read as kafkajs reads it', (_, record) => {
    for (const context of contexts) {
      const body = (): Decoder => new Decoder(new Decoder(theirs(record).buffer).readVarIntBytes());
      const decoded = ourDecoding(body(), context);
      const { headers, ...others } = theirDecoding(body(), context);
      const ourOthers = Object.fromEntries(
        Object.keys(others).map((part) => [part, decoded[part as keyof typeof others]]),
      );
      expect(isDeepStrictEqual(ourOthers, others)).toBe(true);
      expect({ ...decoded.headers }).toEqual(asTexts(headers));
    }
  });

  it('may have headers with the names of what every object has', () => {
    const headers = Object.fromEntries([
      ['__proto__', 'one'],
      ['constructor', 'two'],
    ]);
    const [context] = contexts;
    const body = new Decoder(new Decoder(ours({ key: 'key', value: 'value', headers }).buffer).readVarIntBytes());
    const decoded = context && ourDecoding(body, context);
    expect(Object.entries(decoded?.headers ?? {}).map(([name, value]) => [name, String(value)])).toEqual(
      Object.entries(headers),
    );
  });

  it('is refused where it ends too soon', () => {
    const [context] = contexts;
    const cut = new Decoder(Buffer.from([0, 0, 0]));
    expect(() => context && ourDecoding(cut, context)).toThrow('ends too soon');
  });

  it('is what kafkajs sends and reads from now on', () => {
    expect([require(encoding), require(decoding)]).toEqual([ours, ourDecoding]);
  });
});
