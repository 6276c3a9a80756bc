import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const RANDOM_BYTES = 16;
const random = new Uint8Array(256 * RANDOM_BYTES);
let used = random.length;
let milliseconds = -Infinity;
/** Counts on from a random number within a millisecond; 32 bits. */
let sequence = 0;

/**
 * A UUIDv7: unique everywhere, and later ones of a process sort after earlier ones, so B-tree inserts stay at the right edge.
 * Randomness is asked for once for many, which is most of what an id costs.
 */
export function newId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const bytes = random.subarray(used, (used += RANDOM_BYTES));
  const now = Date.now();
  if (now > milliseconds) {
    milliseconds = now;
    // Half of the range is left to count through.
    sequence = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) >>> 1;
  } else {
    sequence = (sequence + 1) >>> 0;
    if (sequence === 0) milliseconds += 1;
  }
  return v7({ random: bytes, msecs: milliseconds, seq: sequence });
}
