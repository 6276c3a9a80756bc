import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { inflated } from './inflated';

async function lengthOf(body: Buffer): Promise<number> {
  let length = 0;
  for await (const piece of inflated(Readable.from([body.subarray(0, 100), body.subarray(100)]))) {
    length += piece.length;
  }
  return length;
}

describe('a body in gzip', () => {
  it('is read as it was before', async () => {
    expect(await lengthOf(gzipSync('{"a":1}\n'.repeat(100_000)))).toBe(800_000);
  });

  it('is given up when it expands like a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    await expect(lengthOf(bomb)).rejects.toMatchObject({ kind: 'tooLarge', code: 'body-expands-too-much' });
  });

  it.each([
    ['that is none', Buffer.from('{"a":1}')],
    ['without its end', gzipSync('{"a":1}'.repeat(1_000)).subarray(0, -9)],
    ['of nothing', Buffer.alloc(0)],
  ])('%s is refused', async (_, body) => {
    await expect(lengthOf(body)).rejects.toMatchObject({ kind: 'unparsable', code: 'gzip-malformed' });
  });

  it('breaks off with the connection that it comes from', async () => {
    const body = new Readable({ read: () => undefined });
    body.push(gzipSync('a').subarray(0, 5));
    const reading = inflated(body).next();
    body.destroy(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
    await expect(reading).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
