import { isDeepStrictEqual } from 'node:util';
import { Transactions } from '@expo-accord/database';
import {
  type Caller,
  conflict,
  type InputLine,
  invalidField,
  mergePatch,
  Problem,
  type UploadedBody,
} from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { ExternalRefs } from '../records/external-refs';
import { type RecordBody } from '../records/record.dto';
import { bodyOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import { linesOf, problem, type ReadLine, readLine, refusedLine } from './import-lines';
import {
  type ImportAnswer,
  type ImportQuery,
  type LineOutcome,
  lineOutcomes,
  type LineResult,
} from './master-import.dto';
import { MasterRecords } from './master-records.service';
import { type MasterEntity } from './master.entity';
import { type MasterResource } from './master-resource';
import { joined } from './merge.rules';

const linesPerTransaction = 200;

type Readable<B> = Exclude<ReadLine<B>, { refused: LineResult }>;

interface Entering<B extends RecordBody, E extends MasterEntity> {
  resource: MasterResource<B, E>;
  caller: Caller;
  onExisting: NonNullable<ImportQuery['onExisting']>;
}

/** Enters many records at once, each with the same effect as by itself. */
@Injectable()
export class MasterImport {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
    private readonly masters: MasterRecords,
    private readonly externalRefs: ExternalRefs,
  ) {}

  /** One result a line, in their order. A rehearsal is one transaction, so that lines see what earlier ones did. */
  async enter<B extends RecordBody, E extends MasterEntity>(
    resource: MasterResource<B, E>,
    caller: Caller,
    { format, text }: UploadedBody,
    { onExisting = 'skip', dryRun = false }: ImportQuery,
  ): Promise<ImportAnswer> {
    if (format !== 'ndjson') {
      throw new Problem('unsupportedMediaType', 'media-type-unsupported', 'This path takes application/x-ndjson.');
    }
    const lines = await linesOf(text);
    const entering = { resource, caller, onExisting };
    if (dryRun) {
      const rehearsed = await this.transactions.dryRun((manager) => this.enterLines(manager, entering, lines));
      // What a rehearsal created is gone again, so its ids would lead nowhere.
      for (const result of rehearsed) if (result.outcome === 'created') result.id = null;
      return summary(rehearsed, dryRun);
    }
    const results: LineResult[] = [];
    for (let at = 0; at < lines.length; at += linesPerTransaction) {
      const some = lines.slice(at, at + linesPerTransaction);
      results.push(...(await this.transactions.run((manager) => this.enterLines(manager, entering, some))));
    }
    return summary(results, dryRun);
  }

  private async enterLines<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    entering: Entering<B, E>,
    lines: readonly InputLine[],
  ): Promise<LineResult[]> {
    // The same file sent twice at once: the second finds what the first has entered.
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [
      `import ${entering.resource.what}`,
      entering.caller.tenantId,
    ]);
    const results: LineResult[] = [];
    for (const line of lines) {
      const read = readLine(entering.resource, line);
      results.push('refused' in read ? read.refused : await this.enterLine(manager, entering, line.line, read));
    }
    return results;
  }

  private async enterLine<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    entering: Entering<B, E>,
    line: number,
    read: Readable<B>,
  ): Promise<LineResult> {
    const { externalRefs = [] } = read.body;
    try {
      const { outcome, id } = await this.transactions.attempt(() => this.settle(manager, entering, read));
      return { line, externalRefs, outcome, code: null, id };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { code, detail, extra, errors = [problem(code, '', detail)] } = error;
      return refusedLine(line, externalRefs, code, errors, typeof extra.id === 'string' ? extra.id : null);
    }
  }

  private async settle<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    entering: Entering<B, E>,
    read: Readable<B>,
  ): Promise<{ outcome: LineOutcome; id: string }> {
    const { resource, caller, onExisting } = entering;
    const { what } = resource;
    const owners = await this.externalRefs.owners(manager, caller.tenantId, what, read.body.externalRefs ?? []);
    const [id, another] = owners;
    if (id === undefined) {
      const body = await this.withParent(manager, entering, read);
      return { outcome: 'created', id: (await this.masters.create(resource, caller, body)).id };
    }
    if (another !== undefined) {
      throw conflict('external-ref-taken', 'The codes belong to different records.');
    }
    if (onExisting === 'skip') return { outcome: 'skipped', id };
    if (onExisting === 'refuse') {
      throw conflict(`${what}-exists`, 'There is a record with this code already.', { id });
    }
    const body = await this.withParent(manager, entering, read);
    const row = await this.records.row(resource, caller, id, manager);
    const known = bodyOf(resource, row);
    const patch = { ...plain(body), externalRefs: joined(row.externalRefs, body.externalRefs) };
    if (isDeepStrictEqual(plain(mergePatch(known, patch)), plain(known))) return { outcome: 'unchanged', id };
    await this.masters.change(resource, caller, id, row.version, patch);
    return { outcome: 'updated', id };
  }

  /** The parent may have come with an earlier line. */
  private async withParent<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    { resource: { what }, caller: { tenantId } }: Entering<B, E>,
    { body, parentRef }: Readable<B>,
  ): Promise<B> {
    if (parentRef === undefined) return body;
    const [parentId] = await this.externalRefs.find(manager, tenantId, what, parentRef.system, parentRef.id);
    if (parentId === undefined) {
      throw invalidField(
        '/parentRef',
        'reference-unknown',
        `There is no ${what} with this code, in no earlier line either.`,
      );
    }
    return Object.assign(body, { parentId });
  }
}

/** As it is stored and comes back: without classes and what was left out. */
function plain(value: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

function summary(results: LineResult[], dryRun: boolean): ImportAnswer {
  const of = (outcome: LineOutcome): number => results.filter((result) => result.outcome === outcome).length;
  const counts = Object.fromEntries(lineOutcomes.map((outcome) => [outcome, of(outcome)]));
  return { dryRun, lines: results.length, ...(counts as Record<LineOutcome, number>), results };
}
