import { type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem, unparsable } from '../problem';

/** Beyond what any list of records reaches; deflate itself goes to 1,032. */
const MOST_EXPANSION = 100;
/** So much may come of however little: a short body of repeated lines is nothing to be afraid of. */
const HARMLESS_BYTES = 4 * 1024 * 1024;

/**
 * The bytes that were compressed with gzip, as they arrive. Never more than a piece is held, and a body that expands like
 * a bomb is given up.
 * @throws Problem `gzip-malformed`, also where its end is missing; `body-expands-too-much`
 */
export async function* inflated(body: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const fail = (error: Error): void => {
    gunzip.destroy(error);
  };
  body.on('error', fail).pipe(gunzip);
  let bytes = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > Math.max(HARMLESS_BYTES, gunzip.bytesWritten * MOST_EXPANSION)) {
        const detail = `The body expands to more than ${MOST_EXPANSION} times its size.`;
        throw new Problem('tooLarge', 'body-expands-too-much', detail);
      }
      yield piece;
    }
  } catch (error) {
    const isMalformed = (error as NodeJS.ErrnoException).code?.startsWith('Z_') === true;
    throw isMalformed ? unparsable('gzip-malformed', 'The body is not gzip, or its end is missing.') : error;
  } finally {
    body.off('error', fail).unpipe(gunzip);
    gunzip.destroy();
  }
}
