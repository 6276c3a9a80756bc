import { PassThrough, pipeline, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type Caller } from '@expo-accord/http';
import { type ImportAnswer } from './import.dto';
import { ImportService } from './import.service';

const POLL_MS = 500;
/** Proxies close what is silent for long. */
const HEARTBEAT_MS = 15_000;

/**
 * Tells how far imports are, as server-sent events. It looks at the job's row, because the worker may be in any other
 * process; a second later or earlier makes no difference to who watches.
 */
@Injectable()
export class ImportProgress implements OnModuleDestroy {
  readonly #watchers = new Set<AbortController>();

  constructor(private readonly imports: ImportService) {}

  /** How many are being told now. */
  get watched(): number {
    return this.#watchers.size;
  }

  /** Whoever watches comes back to another process, and misses nothing: each event says all. */
  onModuleDestroy(): void {
    for (const watcher of this.#watchers) watcher.abort();
  }

  /** An event whenever the job has changed, and the end when the job has ended. Each has the job's version as its id. */
  stream(caller: Caller, id: string): Readable {
    const watcher = new AbortController();
    this.#watchers.add(watcher);
    // The one that is closed at once when the caller goes away; a generator is so only where it yields.
    const answer = new PassThrough().once('close', () => {
      this.#watchers.delete(watcher);
      watcher.abort();
    });
    return pipeline(Readable.from(this.#events(caller, id, watcher.signal)), answer, () => undefined);
  }

  async *#events(caller: Caller, id: string, signal: AbortSignal): AsyncGenerator<string> {
    let told = '';
    let toldAt = Date.now();
    while (!signal.aborted) {
      const job = await this.imports.get(caller, id);
      const event = eventOf(job);
      const isNews = event !== told;
      if (isNews || Date.now() - toldAt >= HEARTBEAT_MS) {
        yield isNews ? event : ': still here\n\n';
        toldAt = Date.now();
      }
      if (job.finishedAt !== null) return;
      told = event;
      await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function eventOf(job: ImportAnswer): string {
  return `event: progress\nid: ${job.version}\ndata: ${JSON.stringify(job)}\n\n`;
}
