import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  type Caller,
  conflict,
  hasScope,
  type InputLine,
  invalid,
  notFound,
  type Page,
  type PageQuery,
  paginate,
  Problem,
  type UploadedBody,
} from '@expo-accord/http';
import { currentContext } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { PublicUrl } from '../recorded/public-url';
import { ImportJob, ImportLine, type LineOutcome, type LineResult, type OnExisting } from './import.entity';
import { type ImportKind, importPathOf } from './import-kinds';
import { uploadedLines } from './import-lines';
import { importView, type ImportView } from './import.view';
import { ImportWorker } from './import.worker';
import { Importers } from './importers';

const MAX_LINES = 100_000;
const STORE_AT_ONCE = 1_000;
const READ_AT_ONCE = 1_000;

/** Import jobs as their caller sees them: handed in, looked at, cancelled. */
@Injectable()
export class Imports {
  constructor(
    private readonly transactions: Transactions,
    private readonly worker: ImportWorker,
    private readonly importers: Importers,
    private readonly urls: PublicUrl,
  ) {}

  /**
   * Keeps the lines as they come in; the worker enters them later, and also after a restart. There is no transaction around
   * it all, which a slow sender would hold open: the job is `receiving` until its last line is there. It goes again where
   * the same upload, sent at the same time, was there first; the answer is then that one's job.
   */
  async accept(
    caller: Caller,
    kind: ImportKind,
    upload: UploadedBody,
    options: { onExisting: OnExisting; dryRun: boolean },
  ): Promise<ImportView> {
    const { manager } = this.transactions;
    const id = newId();
    const now = new Date();
    await manager.insert(ImportJob, {
      id,
      tenantId: caller.tenantId,
      kind,
      keyId: caller.keyId,
      mayWriteHistory: hasScope(caller, 'history:write'),
      requestId: currentContext()?.requestId ?? newId(),
      traceparent: currentContext()?.traceparent ?? null,
      ...options,
      status: 'receiving',
      lines: 0,
      createdAt: now,
      updatedAt: now,
    });
    const forget = async (): Promise<void> => {
      await manager.delete(ImportLine, { importId: id });
      await manager.delete(ImportJob, { id, status: 'receiving' });
    };
    try {
      await storeLines(manager, id, uploadedLines(upload, this.importers.of(kind).shape));
      const job = await upload.settle(
        () => this.queue(caller, kind, id),
        (queued) => `/v1/${importPathOf(kind)}/${queued.id}`,
      );
      if (job.id !== id) await forget();
      this.worker.wake();
      return job;
    } catch (error) {
      await forget();
      throw error;
    }
  }

  async one(caller: Caller, kind: ImportKind, id: string): Promise<ImportView> {
    return this.view(await this.find(caller, kind, id));
  }

  async list(caller: Caller, kind: ImportKind, page: Omit<PageQuery, 'ref'>): Promise<Page<ImportView>> {
    const query = this.transactions.manager
      .createQueryBuilder(ImportJob, 'job')
      .where({ tenantId: caller.tenantId, kind });
    const { items, nextCursor } = await paginate(query, page);
    return { items: items.map((job) => this.view(job)), nextCursor };
  }

  /** Lines that were entered stay entered. Waits for the batch in hand. */
  async cancel(caller: Caller, kind: ImportKind, id: string): Promise<ImportView> {
    return this.transactions.run(async (manager) => {
      const where = { id, tenantId: caller.tenantId, kind };
      const job = await manager.findOne(ImportJob, { where, lock: { mode: 'pessimistic_write' } });
      if (!job) throw notFound(`${kind} import`, id);
      if (job.finishedAt !== null) {
        throw conflict('import-ended', `The import is ${job.status}.`, { currentStatus: job.status, actions: [] });
      }
      job.status = 'cancelled';
      job.updatedAt = job.finishedAt = new Date();
      await manager.save(job);
      return this.view(job);
    });
  }

  /** The results there are so far, in the order of the lines; read in pages, so that any number fits. */
  async *results(caller: Caller, kind: ImportKind, id: string, outcome?: LineOutcome): AsyncGenerator<LineResult> {
    const job = await this.find(caller, kind, id);
    let after = 0;
    for (;;) {
      const rows = await this.transactions.manager.query<{ line: number; result: LineResult }[]>(
        `SELECT line, result FROM import_line
         WHERE import_id = $1 AND line > $2 AND result IS NOT NULL AND ($3::text IS NULL OR result ->> 'outcome' = $3)
         ORDER BY line LIMIT $4`,
        [job.id, after, outcome ?? null, READ_AT_ONCE],
      );
      yield* rows.map(({ result }) => result);
      const last = rows.at(-1);
      if (!last || rows.length < READ_AT_ONCE) return;
      after = last.line;
    }
  }

  async find(caller: Caller, kind: ImportKind, id: string): Promise<ImportJob> {
    const job = await this.transactions.manager.findOneBy(ImportJob, { id, tenantId: caller.tenantId, kind });
    if (!job) throw notFound(`${kind} import`, id);
    return job;
  }

  private async queue(caller: Caller, kind: ImportKind, id: string): Promise<ImportView> {
    return this.transactions.run(async (manager) => {
      await proceed(manager, id, `status = 'queued'`);
      return this.one(caller, kind, id);
    });
  }

  private view(job: ImportJob): ImportView {
    return importView(job, this.urls.of(importPathOf(job.kind), job.id));
  }
}

async function storeLines(manager: EntityManager, importId: string, uploaded: AsyncIterable<InputLine>): Promise<void> {
  let count = 0;
  let held: InputLine[] = [];
  const store = async (): Promise<void> => {
    await manager.query(
      `INSERT INTO import_line (import_id, line, input)
       SELECT $1, line, input FROM unnest($2::int[], $3::text[]) AS l(line, input)`,
      [importId, held.map(({ line }) => line), held.map(({ text }) => text)],
    );
    await proceed(manager, importId, `lines = lines + ${held.length}`);
    held = [];
  };
  for await (const line of uploaded) {
    count += 1;
    if (count > MAX_LINES) throw new Problem('tooLarge', 'too-many-lines', `An import has at most ${MAX_LINES} lines.`);
    held.push(line);
    if (held.length === STORE_AT_ONCE) await store();
  }
  if (count === 0) throw invalid([{ pointer: '', code: 'no-lines', detail: 'The body has no lines.' }]);
  if (held.length > 0) await store();
}

async function proceed(manager: EntityManager, importId: string, change: string): Promise<void> {
  const [, count] = await manager.query<[unknown, number]>(
    `UPDATE import_job SET ${change}, updated_at = now() WHERE id = $1 AND status = 'receiving'`,
    [importId],
  );
  if (count === 0) throw conflict('import-ended', 'The import was ended before its last line had come.');
}
