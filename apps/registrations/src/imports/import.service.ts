import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  type Caller,
  conflict,
  invalidField,
  notFound,
  paginate,
  type Problem,
  requireScope,
  type UploadedBody,
} from '@expo-accord/http';
import { currentContext } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { endImports } from './end-imports';
import {
  type ImportAnswer,
  importAnswerOf,
  type ImportListQuery,
  type ImportPage,
  type ImportQuery,
} from './import.dto';
import { ImportJob, type ImportStatus } from './import-job.entity';
import { ImportWorker } from './import.worker';
import { type UploadedLine, uploadedLines } from './uploaded-lines';

const CHUNK_LINES = 500;
const unfinished: readonly ImportStatus[] = ['receiving', 'queued', 'running'];

@Injectable()
export class ImportService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly worker: ImportWorker,
  ) {}

  /**
   * Puts the lines away in chunks as they come in; one chunk is all that is ever in memory. There is no transaction around
   * it all, because a slow sender must not hold one open: the job is `receiving` until its last line is there. It goes again
   * where the same upload, sent at the same time, was there first; the answer is then that one's job.
   */
  async receive(caller: Caller, eventId: string, query: ImportQuery, upload: UploadedBody): Promise<ImportAnswer> {
    const historical = query.historical === 'true';
    if (historical) requireScope(caller, 'history:write');
    const { manager } = this.transactions;
    await this.events.known(manager, caller.tenantId, eventId);
    const id = newId();
    const forget = async (): Promise<unknown> => manager.delete(ImportJob, { id, status: 'receiving' });
    await manager.insert(ImportJob, {
      id,
      tenantId: caller.tenantId,
      eventId,
      status: 'receiving',
      onExisting: query.onExisting,
      notify: query.notify === 'changes' && !historical,
      dryRun: query.dryRun === 'true',
      historical,
      requestId: currentContext()?.requestId ?? null,
      traceparent: currentContext()?.traceparent ?? null,
    });
    try {
      await this.store(manager, id, upload);
      const job = await upload.settle(() => this.queue(caller, id), locationOf);
      if (job.id !== id) await forget();
      this.worker.wake();
      return job;
    } catch (error) {
      // One that was cancelled meanwhile stays: somebody may look for what became of it.
      await forget();
      throw error;
    }
  }

  async get({ tenantId }: Caller, id: string): Promise<ImportAnswer> {
    const job = await this.transactions.manager.findOneBy(ImportJob, { tenantId, id });
    if (job === null) throw notFound('import', id);
    return importAnswerOf(job);
  }

  /** @param eventId null for those of every event */
  async list({ tenantId }: Caller, eventId: string | null, { status, ...page }: ImportListQuery): Promise<ImportPage> {
    const { manager } = this.transactions;
    if (eventId !== null) await this.events.known(manager, tenantId, eventId);
    const query = manager.createQueryBuilder(ImportJob, 'job');
    query.where({ tenantId, ...(eventId !== null && { eventId }), ...(status && { status }) });
    const { items, nextCursor } = await paginate(query, page);
    return { items: items.map(importAnswerOf), nextCursor };
  }

  /** Waits for the chunk in hand. What is registered stays so; lines that nobody has looked at yet are forgotten. */
  async cancel({ tenantId }: Caller, id: string, dryRun: boolean): Promise<ImportAnswer> {
    const work = async (manager: EntityManager): Promise<ImportAnswer> => {
      const job = await manager.findOne(ImportJob, { where: { tenantId, id }, lock: { mode: 'pessimistic_write' } });
      if (job === null) throw notFound('import', id);
      if (!unfinished.includes(job.status)) throw actionNotAllowed('cancel', job.status, []);
      await endImports(manager, 'cancelled', 'id = $2', [id]);
      return importAnswerOf(await manager.findOneByOrFail(ImportJob, { id }));
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  /** The results so far, a chunk at a time: NDJSON, one line for each line that was sent. */
  async *results({ tenantId }: Caller, id: string): AsyncGenerator<string> {
    const { manager } = this.transactions;
    for (let last = 0; ; last += 1) {
      const [chunk] = await manager.query<{ number: number; results: string }[]>(
        `SELECT number, results FROM import_result JOIN import_job ON import_job.id = job_id
          WHERE job_id = $1 AND tenant_id = $2 AND number > $3 ORDER BY number LIMIT 1`,
        [id, tenantId, last],
      );
      if (chunk === undefined) return;
      yield chunk.results;
    }
  }

  private async store(manager: EntityManager, jobId: string, upload: UploadedBody): Promise<void> {
    let chunk: UploadedLine[] = [];
    let chunks = 0;
    const flush = async (): Promise<void> => {
      chunks += 1;
      await this.storeChunk(manager, jobId, chunks, chunk);
      chunk = [];
    };
    for await (const line of uploadedLines(upload)) {
      chunk.push(line);
      if (chunk.length === CHUNK_LINES) await flush();
    }
    if (chunk.length > 0) await flush();
    if (chunks === 0) throw invalidField('', 'import-empty', 'The body has no lines.');
  }

  private async storeChunk(
    manager: EntityManager,
    jobId: string,
    number: number,
    chunk: readonly UploadedLine[],
  ): Promise<void> {
    const numbers = chunk.map((line) => line.number);
    const [first = 0] = numbers;
    const areConsecutive = numbers.at(-1) === first + chunk.length - 1;
    // In one statement, so that nothing is kept of an import that is over.
    const stored = await manager.query<unknown[]>(
      `WITH job AS (
         UPDATE import_job SET chunks = chunks + 1, lines = lines + $6, updated_at = now()
          WHERE id = $1 AND status = 'receiving' RETURNING id)
       INSERT INTO import_chunk (job_id, number, first_line, line_numbers, lines)
       SELECT id, $2, $3, $4, $5 FROM job RETURNING number`,
      [
        jobId,
        number,
        first,
        areConsecutive ? null : numbers,
        JSON.stringify(chunk.map(({ line }) => line)),
        chunk.length,
      ],
    );
    if (stored.length === 0) throw cancelledMeanwhile();
  }

  private async queue(caller: Caller, jobId: string): Promise<ImportAnswer> {
    return this.transactions.run(async (manager) => {
      const [, count] = await manager.query<[unknown, number]>(
        `UPDATE import_job SET status = 'queued', updated_at = now() WHERE id = $1 AND status = 'receiving'`,
        [jobId],
      );
      if (count === 0) throw cancelledMeanwhile();
      return this.get(caller, jobId);
    });
  }
}

const locationOf = ({ id }: ImportAnswer): string => `/v1/imports/${id}`;

function cancelledMeanwhile(): Problem {
  return conflict('import-cancelled', 'The import was cancelled while it was being sent.');
}
