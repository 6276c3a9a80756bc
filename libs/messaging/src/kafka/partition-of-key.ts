const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/**
 * The partition of a key: by murmur2, as every other client computes it. kafkajs has it, too, but in 64-bit numbers made
 * of objects, which takes longer than all else that is done to send a record.
 */
export function partitionOfKey(key: string | Buffer, partitions: number): number {
  return (murmur2(typeof key === 'string' ? Buffer.from(key) : key) & 0x7fffffff) % partitions;
}

function murmur2(data: Buffer): number {
  const { length } = data;
  const rest = length % 4;
  let hash = SEED ^ length;
  for (let at = 0; at < length - rest; at += 4) {
    let word = Math.imul(data.readInt32LE(at), M);
    word = Math.imul(word ^ (word >>> 24), M);
    hash = Math.imul(hash, M) ^ word;
  }
  if (rest > 0) {
    hash = Math.imul(hash ^ data.readUIntLE(length - rest, rest), M);
  }
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}
