import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { LRUCache } from 'lru-cache';
import { type EntityManager } from 'typeorm';
import { AdmissionService } from '../registrations/admission.service';
import { type ImportChunk } from './import-chunk.entity';
import { type ImportJob } from './import-job.entity';
import { type CheckedLine, checkLine } from './line-check';

/** Lines that are checked without giving requests a turn: a few milliseconds. */
const LINES_A_TURN = 50;
/** Of as many imports that take turns; persons of those that another process took over are not kept for long. */
const MOST_AHEAD = 4;
const AHEAD_FOR_MS = 60_000;

/** With the version of the row: it is another when somebody was erased from the lines. */
export interface StoredChunk extends Omit<ImportChunk, 'jobId'> {
  readonly version: string;
}

export interface CheckedChunk extends Omit<StoredChunk, 'lines'> {
  readonly lines: readonly CheckedLine[];
}

/**
 * Reads what has been put away of an import, and checks it. A chunk may be checked ahead, while PostgreSQL writes the one
 * before: whoever takes it up then compares versions once the event is held, because an erasure holds it, too.
 */
@Injectable()
export class CheckedChunks {
  readonly #ahead = new LRUCache<string, Promise<CheckedChunk | null>>({
    max: MOST_AHEAD,
    ttl: AHEAD_FOR_MS,
    ttlAutopurge: true,
  });

  constructor(private readonly admissions: AdmissionService) {}

  /** The chunk whose turn it is, as it may have been a moment ago. */
  async next(manager: EntityManager, job: ImportJob): Promise<CheckedChunk> {
    const ahead = await this.#ahead.get(job.id);
    this.#ahead.delete(job.id);
    // Another process may have gone on from there, or the transaction behind which it was checked may have failed.
    return ahead?.number === job.chunksDone + 1 ? ahead : this.read(manager, job);
  }

  /** The chunk whose turn it is, as it is now. */
  async read(manager: EntityManager, job: ImportJob): Promise<CheckedChunk> {
    const number = job.chunksDone + 1;
    const stored = await this.stored(manager, job, number);
    if (stored === undefined) throw new Error(`Chunk ${number} of an import is not there`);
    return this.check(job, stored);
  }

  async version(manager: EntityManager, job: ImportJob): Promise<string | undefined> {
    const sql = 'SELECT xmin::text AS version FROM import_chunk WHERE job_id = $1 AND number = $2';
    const [chunk] = await planned<StoredChunk>(manager, undefined, sql, [job.id, job.chunksDone + 1]);
    return chunk?.version;
  }

  async stored(manager: EntityManager, job: ImportJob, number: number): Promise<StoredChunk | undefined> {
    if (number > job.chunks) return undefined;
    const [chunk] = await planned<StoredChunk>(
      manager,
      undefined,
      `SELECT number, first_line AS "firstLine", line_numbers AS "lineNumbers", lines, xmin::text AS version
         FROM import_chunk WHERE job_id = $1 AND number = $2`,
      [job.id, number],
    );
    return chunk;
  }

  /** Begins with it as soon as what was asked for before is on its way. */
  checkAhead(job: ImportJob, stored: StoredChunk): void {
    const checked = setImmediate().then(() => this.check(job, stored));
    // What goes wrong does so again, and is told, when the chunk is read in its turn.
    this.#ahead.set(
      job.id,
      checked.catch(() => null),
    );
  }

  private async check(job: ImportJob, { lines, ...stored }: StoredChunk): Promise<CheckedChunk> {
    const checked: CheckedLine[] = [];
    for (const line of lines) {
      const one = checkLine(line, job);
      if (one.signUp !== null) this.admissions.fingerprints(job.eventId, one.signUp.person);
      checked.push(one);
      if (checked.length % LINES_A_TURN === 0) await setImmediate();
    }
    return { ...stored, lines: checked };
  }
}
