import { Readable } from 'node:stream';
import { S3mini, type UploadPart } from 's3mini';
import { ObjectStore } from './object-store';

/** S3 takes no smaller ones but for the last; each is held in memory until it is sent. */
const PART_BYTES = 8 * 1024 * 1024;
const ANSWER_TIMEOUT_MS = 60_000;

export interface Bucket {
  /** With the bucket, in the path or as part of the host. */
  url: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** An object each. What is longer than a part becomes one with the request that joins its parts, and not before. */
export class S3Store extends ObjectStore {
  readonly #bucket: S3mini;

  constructor({ url, region, accessKeyId, secretAccessKey }: Bucket) {
    super();
    this.#bucket = new S3mini({
      endpoint: url,
      region,
      accessKeyId,
      secretAccessKey,
      requestAbortTimeout: ANSWER_TIMEOUT_MS,
    });
  }

  async put(key: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const parts = inParts(bytes);
    const first = await parts.next();
    const second = await parts.next();
    if (second.done === true) {
      await this.#bucket.putObject(key, first.value ?? Buffer.alloc(0));
      return;
    }
    await this.putInParts(key, [first.value as Buffer, second.value], parts);
  }

  async get(key: string): Promise<Readable | null> {
    const answer = await this.#bucket.getObjectResponse(key);
    return answer?.body ? Readable.fromWeb(answer.body) : null;
  }

  async remove(key: string): Promise<void> {
    await this.#bucket.deleteObject(key);
  }

  async forgetUnfinished(before: Date): Promise<void> {
    const answer = (await this.#bucket.listMultipartUploads()) as unknown as UnfinishedUploads;
    for (const { Initiated, Key, UploadId } of [answer.ListMultipartUploadsResult?.Upload ?? []].flat()) {
      if (new Date(Initiated) < before) await this.#bucket.abortMultipartUpload(Key, UploadId);
    }
  }

  async check(): Promise<void> {
    if (!(await this.#bucket.bucketExists())) throw new Error('The bucket is not there.');
  }

  private async putInParts(key: string, begun: readonly Buffer[], rest: AsyncIterable<Buffer>): Promise<void> {
    const uploadId = await this.#bucket.getMultipartUploadId(key);
    const sent: UploadPart[] = [];
    const send = async (part: Buffer): Promise<void> => {
      sent.push(await this.#bucket.uploadPart(key, uploadId, part, sent.length + 1));
    };
    try {
      for (const part of begun) await send(part);
      for await (const part of rest) await send(part);
      await this.#bucket.completeMultipartUpload(key, uploadId, sent);
    } catch (error) {
      // If this fails as well, `forgetUnfinished` finds it.
      await this.#bucket.abortMultipartUpload(key, uploadId).catch(() => undefined);
      throw error;
    }
  }
}

/** As S3 writes it, which is what the client answers; its own type says otherwise. */
interface UnfinishedUploads {
  ListMultipartUploadsResult?: { Upload?: Unfinished | Unfinished[] };
}

interface Unfinished {
  Initiated: string;
  Key: string;
  UploadId: string;
}

async function* inParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    held.push(piece);
    size += piece.length;
    if (size < PART_BYTES) continue;
    const part = Buffer.concat(held);
    yield part.subarray(0, PART_BYTES);
    held = [part.subarray(PART_BYTES)];
    size = held[0]?.length ?? 0;
  }
  if (size > 0) yield Buffer.concat(held);
  return undefined;
}
