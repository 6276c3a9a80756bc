import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type RequestContext, Telemetry } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { EventCopyStore, type KnownEvent } from '../events/event-copy.store';
import { ErasureMarks } from '../personal-data/erasure-marks';
import { type Admitted } from '../registrations/admission.rules';
import { withPlaces } from '../registrations/admission.outcomes';
import { AdmissionService, type OpenAdmission } from '../registrations/admission.service';
import { type Registration, type SignUp } from '../registrations/registration';
import { endImports } from './end-imports';
import { ImportChunk } from './import-chunk.entity';
import { ImportJob } from './import-job.entity';
import { type CheckedLine, checkLine } from './line-check';
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
import { type Line } from './uploaded-lines';

/** Lines that are checked without giving requests a turn: a few milliseconds. */
const LINES_A_TURN = 50;

const takes: ReadonlySet<string> = new Set<LineOutcome>(['created', 'waitlisted', 'updated']);

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
    private readonly rehearsal: Rehearsal,
    private readonly erasures: ErasureMarks,
    private readonly telemetry: Telemetry,
  ) {}

  /** @returns false when there was nothing to do */
  async processNext(): Promise<boolean> {
    return this.transactions.run(async (manager) => {
      const job = await this.claim(manager);
      if (job === null) return false;
      try {
        await this.telemetry.tracing.resume(contextOf(job), 'import sign-ups', () => this.process(manager, job));
      } catch (error) {
        throw new ChunkFailure(job.id, error);
      }
      return true;
    });
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
    const { status } = await this.events.known(manager, job.tenantId, job.eventId);
    if (status === 'cancelled' && !job.historical) {
      await endImports(manager, 'cancelled', 'id = $2', [job.id]);
      return;
    }
    const number = job.chunksDone + 1;
    const chunk = await manager.findOneByOrFail(ImportChunk, { jobId: job.id, number });
    const checked = await checkedLines(chunk.lines, job);
    const results = await this.admit(manager, job, chunk, checked);
    await manager.query('INSERT INTO import_result (job_id, number, results) VALUES ($1, $2, $3)', [
      job.id,
      number,
      ndjsonOf(results),
    ]);
    await manager.query('DELETE FROM import_chunk WHERE job_id = $1 AND number = $2', [job.id, number]);
    await this.advance(manager, job, results);
  }

  private async admit(
    manager: EntityManager,
    job: ImportJob,
    { firstLine, lineNumbers }: ImportChunk,
    lines: readonly CheckedLine[],
  ): Promise<LineResult[]> {
    const { tenantId, eventId, dryRun, onExisting } = job;
    const sought = { tenantId, eventId };
    await this.events.own(manager, eventId);
    const event = await this.events.known(manager, tenantId, eventId);
    const signUps = lines.map(({ signUp }) => signUp).filter((signUp) => signUp !== null);
    const existing = await this.admissions.existing(manager, sought, signUps, onExisting === 'update' && !dryRun);
    const isErased = await this.erasures.among(manager, event, signUps);
    const open = await this.admissions.open(manager, event, sought, {
      existing,
      names: null,
      onExisting,
      asking: signUps,
      isErased,
    });
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
      promoted = await this.admissions.write(manager, open);
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

  private async advance(manager: EntityManager, job: ImportJob, results: readonly LineResult[]): Promise<void> {
    const counts = countsOf(results);
    const isLast = job.chunksDone + 1 === job.chunks;
    const added = lineOutcomes.map((outcome, index) => `${outcome} = ${outcome} + $${index + 4}`);
    await manager.query(
      `UPDATE import_job SET status = $2, chunks_done = chunks_done + 1, ${added.join(', ')}, version = version + 1,
              updated_at = clock_timestamp(), finished_at = CASE WHEN $3 THEN clock_timestamp() END
        WHERE id = $1`,
      [job.id, isLast ? 'done' : 'running', isLast, ...lineOutcomes.map((outcome) => counts[outcome])],
    );
    if (isLast) await manager.query('DELETE FROM rehearsed_key WHERE job_id = $1', [job.id]);
  }
}

function contextOf({ id, requestId, tenantId, traceparent }: ImportJob): RequestContext {
  return { requestId: requestId ?? id, tenantId, ...(traceparent !== null && { traceparent }) };
}

async function checkedLines(lines: readonly Line[], job: ImportJob): Promise<CheckedLine[]> {
  const checked: CheckedLine[] = [];
  for (const line of lines) {
    checked.push(checkLine(line, job));
    if (checked.length % LINES_A_TURN === 0) await setImmediate();
  }
  return checked;
}
