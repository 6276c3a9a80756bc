import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type ExternalRef } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { ErasureMarks } from '../personal-data/erasure-marks';
import { refKey } from '../registrations/external-refs.rules';
import { registrantIn } from './line-check';
import { type LineResult, ndjsonOf } from './line-result';
import { ERASED_LINE, type Line } from './uploaded-lines';

interface ChunkOf<Content> {
  readonly jobId: string;
  readonly number: number;
  readonly content: Content;
}

/** Takes erased persons out of what imports keep: lines that nobody has looked at yet, and results. */
@Injectable()
export class ErasedUploads {
  constructor(private readonly marks: ErasureMarks) {}

  /** Of every upload for the event that is not worked through: whoever has a mark by now. */
  async forgetLines(manager: EntityManager, eventId: string): Promise<void> {
    for await (const { jobId, number, content } of this.chunks<Line[]>(manager, eventId, 'import_chunk', 'lines')) {
      const registrants = content.map(registrantIn);
      const known = registrants.filter((registrant) => registrant !== null);
      const isErased = await this.marks.among(manager, { id: eventId, hasErasures: true }, known);
      const lines = content.map((line, index): Line => {
        const registrant = registrants[index];
        return registrant && isErased(registrant) ? ERASED_LINE : line;
      });
      if (lines.some((line, index) => line !== content[index])) {
        await manager.query('UPDATE import_chunk SET lines = $3 WHERE job_id = $1 AND number = $2', [
          jobId,
          number,
          JSON.stringify(lines),
        ]);
      }
    }
  }

  /**
   * The references that were given with a line stay neither in its result nor in a rehearsal's memory: those of erased
   * registrations, and these, which may have been refused as well. Where nobody in a chunk is left, its refused lines
   * have lost their meaning, too.
   */
  async forgetResults(
    manager: EntityManager,
    eventId: string,
    which: readonly ExternalRef[] | 'of all who are gone',
  ): Promise<void> {
    const refs = new Set(which === 'of all who are gone' ? [] : which.map(refKey));
    for await (const { jobId, number, content } of this.chunks<string>(manager, eventId, 'import_result', 'results')) {
      const results = linesOf(content);
      const gone = await this.goneAmong(manager, results);
      const isOver = which === 'of all who are gone' && results.every(({ registrationId: id }) => !id || gone.has(id));
      const isOf = ({ registrationId, externalRefs }: LineResult): boolean =>
        isOver || gone.has(registrationId ?? '') || externalRefs.some((ref) => refs.has(refKey(ref)));
      if (!results.some((result) => result.externalRefs.length > 0 && isOf(result))) continue;
      await manager.query('UPDATE import_result SET results = $3 WHERE job_id = $1 AND number = $2', [
        jobId,
        number,
        ndjsonOf(results.map((result) => (isOf(result) ? { ...result, externalRefs: [] } : result))),
      ]);
    }
    await manager.query(
      'DELETE FROM rehearsed_key USING import_job j WHERE j.id = job_id AND j.event_id = $1 AND key = ANY ($2)',
      [eventId, [...refs]],
    );
  }

  private async goneAmong(manager: EntityManager, results: readonly LineResult[]): Promise<Set<string>> {
    const gone = await manager.query<{ id: string }[]>(
      'SELECT id FROM registration WHERE id = ANY ($1) AND erased_at IS NOT NULL',
      [results.flatMap(({ registrationId }) => registrationId ?? [])],
    );
    return new Set(gone.map(({ id }) => id));
  }

  /** One at a time: an upload may be long. */
  private async *chunks<Content>(
    manager: EntityManager,
    eventId: string,
    table: 'import_chunk' | 'import_result',
    column: string,
  ): AsyncGenerator<ChunkOf<Content>> {
    const places = await manager.query<{ jobId: string; number: number }[]>(
      `SELECT job_id AS "jobId", number FROM ${table} JOIN import_job j ON j.id = job_id
        WHERE j.event_id = $1 ORDER BY job_id, number`,
      [eventId],
    );
    for (const { jobId, number } of places) {
      const [chunk] = await manager.query<{ content: Content }[]>(
        `SELECT ${column} AS content FROM ${table} WHERE job_id = $1 AND number = $2`,
        [jobId, number],
      );
      if (chunk !== undefined) yield { jobId, number, content: chunk.content };
      await setImmediate();
    }
  }
}

function linesOf(ndjson: string): LineResult[] {
  return ndjson
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LineResult);
}
