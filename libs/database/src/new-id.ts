import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const BYTES = 16;
/** Asked for one by one, random bytes cost more than all the rest of an id. */
const pool = new Uint8Array(BYTES * 256);
let used = pool.length;
let msecs = -Infinity;
let sequence = 0;

/** A UUIDv7: unique everywhere, and later ones sort after earlier ones, so B-tree inserts stay at the right edge. */
export function newId(): string {
  const random = nextBytes();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    sequence = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    // Within a millisecond they are counted; a clock that goes back is not followed.
    sequence = (sequence + 1) | 0;
    if (sequence === 0) msecs += 1;
  }
  return v7({ random, msecs, seq: sequence });
}

function nextBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += BYTES;
  return pool.subarray(used - BYTES, used);
}
