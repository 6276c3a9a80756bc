import { Injectable } from '@nestjs/common';
import { planned, Transactions } from '@expo-accord/database';
import { type RequestContext, Telemetry } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { EventCopyStore, type KnownEvent } from '../events/event-copy.store';
import { ErasureMarks } from '../personal-data/erasure-marks';
import { type Admitted } from '../registrations/admission.rules';
import { withPlaces } from '../registrations/admission.outcomes';
import { AdmissionService, type Held, type OpenAdmission } from '../registrations/admission.service';
import { type Registration, type SignUp } from '../registrations/registration';
import { type CheckedChunk, CheckedChunks, type StoredChunk } from './checked-chunks';
import { endImports } from './end-imports';
import { ImportJob } from './import-job.entity';
import { type CheckedLine } from './line-check';
import {
  countsOf,
  invalidLine,
  type LineOutcome,
  lineOutcomes,
  type LineResult,
  ndjsonOf,
  type Settled,
  settled,
} from './line-result';
import { Rehearsal, type Rehearsed } from './rehearsal';

const takes: ReadonlySet<string> = new Set<LineOutcome>(['created', 'waitlisted', 'updated']);

/** What the database holds, as it stays until the end of the transaction. */
interface Found {
  readonly event: KnownEvent;
  /** Of the chunk whose turn it is. */
  readonly version: string | undefined;
  /** The chunk behind it. */
  readonly next: StoredChunk | undefined;
  readonly signUps: readonly SignUp[];
  readonly existing: readonly Registration[];
  readonly held: Held;
}

/** A chunk that could not be worked through; its job is still as it was before. */
export class ChunkFailure extends Error {
  constructor(
    readonly jobId: string,
    cause: unknown,
  ) {
    super('A chunk of an import could not be worked through', { cause });
  }
}

/**
 * Works through imports a chunk at a time. Registrations, places, messages, results and the job's progress are written in
 * one transaction, which also deletes the lines: killed at any moment, the next worker goes on behind the last chunk that
 * was committed. The row lock on the job is the claim; it ends with the connection of whoever held it.
 */
@Injectable()
export class ChunkService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly admissions: AdmissionService,
    private readonly chunks: CheckedChunks,
    private readonly rehearsal: Rehearsal,
    private readonly erasures: ErasureMarks,
    private readonly telemetry: Telemetry,
  ) {}

  /** @returns false when there was nothing to do */
  async processNext(): Promise<boolean> {
    const claimed: { id?: string } = {};
    try {
      return await this.transactions.run(async (manager) => {
        const job = await this.claim(manager);
        if (job === null) return false;
        claimed.id = job.id;
        await this.telemetry.tracing.resume(contextOf(job), 'import sign-ups', () => this.process(manager, job));
        return true;
      });
    } catch (error) {
      // Around the transaction, because one hears of what is written last only when it is committed.
      throw claimed.id === undefined ? error : new ChunkFailure(claimed.id, error);
    }
  }

  /** Leaves a job that failed alone for a while, so that it keeps no other from its turn. */
  async restJob(jobId: string, milliseconds: number): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE import_job SET rests_until = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = $1`,
      [jobId, milliseconds],
    );
  }

  private async claim(manager: EntityManager): Promise<ImportJob | null> {
    return (
      manager
        .createQueryBuilder(ImportJob, 'job')
        .where(`job.status IN ('queued', 'running')`)
        .andWhere('(job.restsUntil IS NULL OR job.restsUntil <= clock_timestamp())')
        // The one that has waited longest: a short import need not wait for the end of a long one.
        .orderBy('job.updatedAt')
        .limit(1)
        .setLock('pessimistic_write')
        .setOnLocked('skip_locked')
        .getOne()
    );
  }

  private async process(manager: EntityManager, job: ImportJob): Promise<void> {
    let chunk = await this.chunks.next(manager, job);
    let found = await this.find(manager, job, chunk);
    if (found.event.status === 'cancelled' && !job.historical) {
      await endImports(manager, 'cancelled', 'id = $2', [job.id]);
      return;
    }
    if (found.version !== chunk.version) {
      // Somebody was erased from it since it was read. By now the event is held, and so it stays as it is.
      chunk = await this.chunks.read(manager, job);
      found = await this.find(manager, job, chunk);
    }
    const results = await this.admit(manager, job, chunk, found);
    await this.transactions.last(this.advance(manager, job, results));
    if (found.next !== undefined) this.chunks.checkAhead(job, found.next);
  }

  /** All that has to be known before the lines are decided; sent together, and done in this order. */
  private async find(manager: EntityManager, job: ImportJob, { lines }: CheckedChunk): Promise<Found> {
    const { tenantId, eventId, dryRun, onExisting } = job;
    const sought = { tenantId, eventId };
    const signUps = lines.map(({ signUp }) => signUp).filter((signUp) => signUp !== null);
    const wanted = { names: null, onExisting, asking: signUps };
    const [, event, version, next, existing, held] = await Promise.all([
      this.events.own(manager, eventId),
      this.events.known(manager, tenantId, eventId),
      this.chunks.version(manager, job),
      this.chunks.stored(manager, job, job.chunksDone + 2),
      this.admissions.existing(manager, sought, signUps, onExisting === 'update' && !dryRun),
      this.admissions.hold(manager, sought, wanted),
    ]);
    return { event, version, next, signUps, existing, held };
  }

  private async admit(
    manager: EntityManager,
    job: ImportJob,
    { lines, firstLine, lineNumbers }: CheckedChunk,
    { event, signUps, existing, held }: Found,
  ): Promise<LineResult[]> {
    const { tenantId, eventId, dryRun, onExisting } = job;
    const isErased = await this.erasures.among(manager, event, signUps);
    const given = { existing, names: null, onExisting, asking: signUps, isErased };
    const open = await this.admissions.open(manager, event, { tenantId, eventId }, given, held);
    const repeats = dryRun ? await this.recall(manager, job, signUps, open) : () => null;
    const decided = lines.map((line): Settled | Admitted => {
      if (line.signUp === null) return invalidLine(line);
      const repeated = repeats(line.signUp);
      if (repeated !== null) return this.rehearsal.outcomeOfRepeated(onExisting, repeated);
      return open.admission.admit(line.signUp);
    });
    let promoted: ReadonlyMap<string, Registration> = new Map();
    if (dryRun) {
      await this.rehearsal.remember(manager, job, this.taken(lines, decided, open), open);
    } else {
      promoted = await this.admissions.write(manager, open, undefined, !open.isQueued);
    }
    return lines.map(({ externalRefs }, index): LineResult => {
      const each = decided[index] as Settled | Admitted;
      const line = lineNumbers?.[index] ?? firstLine + index;
      return { line, externalRefs, ...('errors' in each ? each : settled(withPlaces(each, promoted), dryRun)) };
    });
  }

  /** Takes from what is left what earlier chunks would have taken; answers whom they would have registered. */
  private async recall(
    manager: EntityManager,
    job: ImportJob,
    signUps: readonly SignUp[],
    { event, ledger, invitations }: OpenAdmission,
  ): Promise<(signUp: SignUp) => 'the same' | 'another' | null> {
    const rehearsed = (signUp: SignUp): Rehearsed => this.rehearsed(event, signUp);
    const { repeats, uses } = await this.rehearsal.recall(manager, job.id, signUps.map(rehearsed));
    ledger.anticipate(job.rehearsedDraws);
    invitations.anticipate(uses);
    return (signUp) => repeats(rehearsed(signUp));
  }

  /** Of a dry run: the sign-ups that would have made somebody known who is not, or would have changed what they are known as. */
  private taken(
    lines: readonly CheckedLine[],
    decided: readonly (Settled | Admitted)[],
    { event, admission }: OpenAdmission,
  ): Rehearsed[] {
    const added = new Set(admission.changes().flatMap(({ before, after }) => (before === null ? [after.id] : [])));
    return lines.flatMap(({ signUp }, index) => {
      const each = decided[index] as Settled | Admitted;
      const isTaken = takes.has(each.outcome) && (!('registration' in each) || added.has(each.registration.id));
      return signUp !== null && isTaken ? [this.rehearsed(event, signUp)] : [];
    });
  }

  private rehearsed(event: KnownEvent, signUp: SignUp): Rehearsed {
    return { signUp, fingerprint: this.admissions.fingerprint(event, signUp.person) };
  }

  /** What is written last: the results in the place of the lines, and how far the job is. */
  private async advance(manager: EntityManager, job: ImportJob, results: readonly LineResult[]): Promise<void> {
    const number = job.chunksDone + 1;
    const counts = countsOf(results);
    const isLast = number === job.chunks;
    const added = lineOutcomes.map((outcome, index) => `${outcome} = ${outcome} + $${index + 4}`);
    await Promise.all([
      planned(manager, 'results of chunk', 'INSERT INTO import_result (job_id, number, results) VALUES ($1, $2, $3)', [
        job.id,
        number,
        ndjsonOf(results),
      ]),
      planned(manager, 'end of chunk', 'DELETE FROM import_chunk WHERE job_id = $1 AND number = $2', [job.id, number]),
      planned(
        manager,
        'advance import',
        `UPDATE import_job SET status = $2, chunks_done = chunks_done + 1, ${added.join(', ')}, version = version + 1,
                updated_at = clock_timestamp(), finished_at = CASE WHEN $3 THEN clock_timestamp() END
          WHERE id = $1`,
        [job.id, isLast ? 'done' : 'running', isLast, ...lineOutcomes.map((outcome) => counts[outcome])],
      ),
      isLast && planned(manager, undefined, 'DELETE FROM rehearsed_key WHERE job_id = $1', [job.id]),
    ]);
  }
}

function contextOf({ id, requestId, tenantId, traceparent }: ImportJob): RequestContext {
  return { requestId: requestId ?? id, tenantId, ...(traceparent !== null && { traceparent }) };
}
