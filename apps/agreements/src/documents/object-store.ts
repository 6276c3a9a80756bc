import { type Readable } from 'node:stream';

/** Where the bytes of documents are kept, by key: a few safe characters and slashes. */
export abstract class ObjectStore {
  /** Keeps the bytes, in place of what the key had. Where they break off or throw, nothing of them is kept. */
  abstract put(key: string, bytes: AsyncIterable<Buffer>): Promise<void>;

  /** Null where there is nothing. */
  abstract get(key: string): Promise<Readable | null>;

  /** Also where there is nothing. */
  abstract remove(key: string): Promise<void>;

  /** Clears away what uploads left behind that were begun before, and whose process was killed. */
  abstract forgetUnfinished(before: Date): Promise<void>;

  /** Throws where documents could not be kept or read now. */
  abstract check(): Promise<void>;
}
