import { randomBytes, randomUUID } from 'node:crypto';
import { Partitioners } from 'kafkajs';
import { partitionOfKey } from './partition-of-key';

const kafkajs = Partitioners.DefaultPartitioner();
const partitionMetadata = (count: number) =>
  Array.from({ length: count }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));

describe('the partition of a key', () => {
  it('is the one that other clients choose', () => {
    // From the tests of the Java client.
    const known = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536 };
    for (const [key, hash] of Object.entries(known)) {
      expect(partitionOfKey(key, 1_000)).toBe((hash & 0x7fffffff) % 1_000);
    }
  });

  it('is the one that kafkajs chooses, whatever the key and however long', () => {
    for (let length = 0; length < 70; length += 1) {
      for (const key of [randomBytes(length), randomUUID().repeat(2).slice(0, length), 'ü'.repeat(length)]) {
        for (const partitions of [1, 3, 12]) {
          const args = { topic: 't', partitionMetadata: partitionMetadata(partitions), message: { key, value: null } };
          expect(partitionOfKey(key, partitions)).toBe(kafkajs(args));
        }
      }
    }
  });
});
