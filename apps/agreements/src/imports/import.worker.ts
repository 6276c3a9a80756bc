import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { outlookOf, Transactions, WorkLoop } from '@expo-accord/database';
import { type RequestContext, Telemetry } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { type EnteredLine, ImportJob, type LineResult } from './import.entity';
import { type ImportKind } from './import-kinds';
import { readLine } from './import-lines';
import { processedOf } from './import.view';
import { Importers } from './importers';

const LINES_PER_BATCH = 250;
const POLL_MS = 1_000;
/** What fails this often fails for a reason that will not pass. */
const MOST_ATTEMPTS = 5;
const ABANDONED_AFTER = '15 minutes';

interface PendingLine {
  line: number;
  input: string;
}

/**
 * Enters the lines of import jobs, a batch in a transaction: effects, results and progress commit together, so a batch
 * is done once, whatever dies when. Any number of workers may run; each holds its job's row for the batch in hand.
 */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop = new WorkLoop({
    name: 'Importing',
    work: async () => (await this.advance()) || this.sweep(),
    restMs: POLL_MS,
  });
  readonly #attempts = new Map<string, number>();

  constructor(
    private readonly transactions: Transactions,
    private readonly importers: Importers,
    private readonly telemetry: Telemetry,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** Looks for work now instead of at the next poll. */
  wake(): void {
    this.#loop.ring();
  }

  /** One batch of the job that waited longest and nobody else works on, so that short ones pass long ones. */
  private async advance(): Promise<boolean> {
    const inHand: ImportJob[] = [];
    try {
      return await this.transactions.run(async (manager) => {
        const job = await claimed(manager);
        if (job === null) return false;
        inHand.push(job);
        await this.work(manager, job);
        return true;
      });
    } catch (error) {
      for (const job of inHand) await this.putBack(job, error);
      throw error;
    }
  }

  /** Uploads whose process died before their last line: nobody will finish them. */
  private async sweep(): Promise<false> {
    await this.transactions.manager.query(
      `WITH abandoned AS (
         UPDATE import_job SET status = 'failed', finished_at = now(), updated_at = now()
          WHERE status = 'receiving' AND updated_at < now() - $1::interval RETURNING id)
       DELETE FROM import_line USING abandoned WHERE import_id = abandoned.id`,
      [ABANDONED_AFTER],
    );
    return false;
  }

  /** Behind all others, whose turn it is now; what failed too often is given up, and what it had entered stays. */
  private async putBack({ id }: ImportJob, error: unknown): Promise<void> {
    const attempts = outlookOf(error) === 'passes' ? 0 : (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempts);
    const isGivenUp = attempts === MOST_ATTEMPTS;
    await this.transactions.manager.query(
      `UPDATE import_job SET updated_at = now()${isGivenUp ? `, finished_at = now(), status = 'failed'` : ''}
       WHERE id = $1 AND status IN ('queued', 'running')`,
      [id],
    );
    if (attempts === 0 || isGivenUp) this.#attempts.delete(id);
  }

  private async work(manager: EntityManager, job: ImportJob): Promise<void> {
    await this.telemetry.tracing.resume(contextOf(job), `import ${job.kind}s`, async () => {
      const results = job.dryRun ? await this.rehearse(job) : await this.enterNext(manager, job);
      await keepResults(manager, job, results);
      for (const { outcome } of results) job[outcome] += 1;
      job.updatedAt = new Date();
      const isDone = processedOf(job) === job.lines;
      job.status = isDone ? 'done' : 'running';
      job.finishedAt = isDone ? job.updatedAt : null;
      await manager.save(job);
    });
  }

  private async enterNext(manager: EntityManager, job: ImportJob): Promise<EnteredLine[]> {
    return this.enter(manager, job, await pendingLines(manager, job.id, 0));
  }

  /** A dry run enters all lines in one transaction that is undone, so that later lines see what earlier ones did. */
  private async rehearse(job: ImportJob): Promise<EnteredLine[]> {
    const results = await this.transactions.dryRun(async (rehearsal) => {
      // What is undone in the end nobody overlooks for being committed late.
      await rehearsal.query(`SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'`);
      const all: EnteredLine[] = [];
      for (;;) {
        const lines = await pendingLines(rehearsal, job.id, all.at(-1)?.line ?? 0);
        all.push(...(await this.enter(rehearsal, job, lines)));
        if (lines.length < LINES_PER_BATCH) return all;
      }
    });
    // What a rehearsal created is gone again, so its ids would lead nowhere.
    return results.map((result) => (result.outcome === 'created' ? { ...result, id: null } : result));
  }

  private async enter(manager: EntityManager, job: ImportJob, lines: readonly PendingLine[]): Promise<EnteredLine[]> {
    const importer = this.importers.of(job.kind);
    const read = lines.map(({ line, input }) => readLine(importer.shape, line, input, job.mayWriteHistory));
    return importer.enter(manager, job, job.onExisting, read);
  }
}

async function claimed(manager: EntityManager): Promise<ImportJob | null> {
  return manager
    .createQueryBuilder(ImportJob, 'job')
    .where(`job.status IN ('queued', 'running')`)
    .orderBy('job.updatedAt')
    .addOrderBy('job.id')
    .limit(1)
    .setLock('pessimistic_write')
    .setOnLocked('skip_locked')
    .getOne();
}

function contextOf({ requestId, tenantId, keyId, traceparent }: ImportJob): RequestContext {
  return { requestId, tenantId, keyId, ...(traceparent !== null && { traceparent }) };
}

async function pendingLines(manager: EntityManager, importId: string, after: number): Promise<PendingLine[]> {
  return manager.query<PendingLine[]>(
    `SELECT line, input FROM import_line
     WHERE import_id = $1 AND line > $2 AND result IS NULL ORDER BY line LIMIT $3`,
    [importId, after, LINES_PER_BATCH],
  );
}

async function keepResults(
  manager: EntityManager,
  { id: importId, kind }: ImportJob,
  entered: readonly EnteredLine[],
): Promise<void> {
  await manager.query(
    `UPDATE import_line AS l SET result = r.value
     FROM jsonb_array_elements($2::jsonb) AS r(value)
     WHERE l.import_id = $1 AND l.line = (r.value ->> 'line')::int`,
    [importId, JSON.stringify(entered.map((line) => resultOf(kind, line)))],
  );
}

function resultOf(kind: ImportKind, { id, ...result }: EnteredLine): LineResult {
  return { ...result, [`${kind}Id`]: id };
}
