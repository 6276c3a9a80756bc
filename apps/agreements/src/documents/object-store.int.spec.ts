import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { S3mini } from 's3mini';
import { type S3Server, startS3Server } from '../../../../test/support/s3-server';
import { FolderStore } from './folder-store';
import { type ObjectStore } from './object-store';
import { S3Store } from './s3-store';

let s3: S3Server;
let folder: string;

beforeAll(async () => {
  s3 = await startS3Server();
  folder = await mkdtemp(join(tmpdir(), 'expo-accord-documents-'));
}, 120_000);
afterAll(async () => {
  await (s3 as S3Server | undefined)?.stop();
  await rm(folder, { recursive: true, force: true });
});

const MIB = 1024 * 1024;
const small = randomBytes(1_000);
/** Two parts in S3, the last one short. */
const large = randomBytes(8 * MIB + 12_345);

// eslint-disable-next-line @typescript-eslint/require-await -- a stream is asynchronous
async function* piecesOf(bytes: Buffer, breakOffAt = Infinity): AsyncGenerator<Buffer> {
  const step = 10_000;
  for (let at = 0; at < bytes.length; at += step) {
    if (at >= breakOffAt) throw new Error('broken off');
    yield bytes.subarray(at, at + step);
  }
  if (bytes.length <= breakOffAt && breakOffAt !== Infinity) throw new Error('broken off');
}

const bucketOf = (): S3mini => new S3mini({ ...s3, endpoint: s3.url, region: 'us-east-1' });
const s3Store = (secretAccessKey = s3.secretAccessKey): ObjectStore =>
  new S3Store({ ...s3, region: 'us-east-1', secretAccessKey });

/** What is left of uploads that are neither objects nor cleared away. */
const unfinishedIn = {
  folder: async (): Promise<number> => (await readdir(join(folder, 'unfinished'))).length,
  S3: async (): Promise<number> => {
    const answer = (await bucketOf().listMultipartUploads()) as unknown as {
      ListMultipartUploadsResult: { Upload?: object | object[] };
    };
    return [answer.ListMultipartUploadsResult.Upload ?? []].flat().length;
  },
};

describe.each([
  ['folder', () => new FolderStore(folder)],
  ['S3', () => s3Store()],
] as const)('an object store (%s)', (kind, open) => {
  const unfinished = unfinishedIn[kind];
  let store: ObjectStore;
  beforeAll(() => {
    store = open();
  });
  const read = async (key: string): Promise<Buffer | null> => {
    const stream = await store.get(key);
    return stream === null ? null : buffer(stream);
  };

  it('answers what was put, whatever its length, and the last that was put', async () => {
    await store.check();
    await store.put('tenant/small', piecesOf(small));
    await store.put('tenant/large', piecesOf(large));
    expect((await read('tenant/small'))?.equals(small)).toBe(true);
    expect((await read('tenant/large'))?.equals(large)).toBe(true);
    await store.put('tenant/small', piecesOf(large.subarray(0, 8 * MIB)));
    expect((await read('tenant/small'))?.equals(large.subarray(0, 8 * MIB))).toBe(true);
    expect(await unfinished()).toBe(0);
  });

  it.each([
    ['at once', large, 0],
    ['in its first part', large, MIB],
    ['in its last part', large, 8_390_000],
    ['at its end', large, large.length],
    ['at the end of a short one', small, small.length],
  ])('keeps nothing of what breaks off %s', async (_, bytes, breakOffAt) => {
    await expect(store.put('tenant/broken', piecesOf(bytes, breakOffAt))).rejects.toThrow('broken off');
    expect(await read('tenant/broken')).toBeNull();
    expect(await unfinished()).toBe(0);
  });

  it('forgets what was removed, also twice, and knows nothing that was not put', async () => {
    await store.put('tenant/removed', piecesOf(small));
    await store.remove('tenant/removed');
    await store.remove('tenant/removed');
    expect(await read('tenant/removed')).toBeNull();
    expect(await read('tenant/never')).toBeNull();
  });

  it('clears away what a killed process left, but not what is being sent', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let reached = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (reached = resolve));
    const put = store.put(
      'tenant/slow',
      (async function* () {
        // More than two parts: a bucket is asked for an upload when there is a second.
        yield* piecesOf(large);
        yield* piecesOf(large);
        reached();
        await held;
      })(),
    );
    await isHeld;
    await store.forgetUnfinished(new Date(Date.now() - 3_600_000));
    expect(await unfinished()).toBe(1);
    await store.forgetUnfinished(new Date(Date.now() + 3_600_000));
    expect(await unfinished()).toBe(0);
    release();
    await expect(put).rejects.toThrow();
    expect(await read('tenant/slow')).toBeNull();
  });
});

describe('a store that cannot be used', () => {
  it('says so: a wrong key, a bucket that is not there, a folder that is none', async () => {
    await expect(s3Store('wrong').check()).rejects.toThrow();
    await expect(s3Store('wrong').put('tenant/small', piecesOf(small))).rejects.toThrow();
    const elsewhere = new S3Store({ ...s3, url: `${s3.url}-elsewhere`, region: 'us-east-1' });
    await expect(elsewhere.check()).rejects.toThrow();
    await expect(new FolderStore('/dev/null/documents').check()).rejects.toThrow();
  });
});
