import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectStore } from './object-store';

/** A file each, under its key. It gets its name only when it is whole, and on the disk. */
export class FolderStore extends ObjectStore {
  readonly #unfinished: string;

  constructor(private readonly folder: string) {
    super();
    this.#unfinished = join(folder, 'unfinished');
  }

  async put(key: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const path = join(this.folder, key);
    const unfinished = join(this.#unfinished, randomUUID());
    await mkdir(this.#unfinished, { recursive: true });
    try {
      await pipeline(bytes, createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true }));
      await mkdir(dirname(path), { recursive: true });
      await rename(unfinished, path);
      await flushed(dirname(path));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async get(key: string): Promise<Readable | null> {
    const file = await open(join(this.folder, key)).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    return file === null ? null : file.createReadStream();
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.folder, key), { force: true });
  }

  async forgetUnfinished(before: Date): Promise<void> {
    for (const name of await readdir(this.#unfinished).catch(() => [])) {
      const path = join(this.#unfinished, name);
      const begun = await stat(path).catch(() => undefined);
      if (begun && begun.mtime < before) await rm(path, { force: true });
    }
  }

  async check(): Promise<void> {
    await mkdir(this.#unfinished, { recursive: true });
    await access(this.#unfinished, constants.R_OK | constants.W_OK);
  }
}

/** A file's name is on the disk only when its folder is. */
async function flushed(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
