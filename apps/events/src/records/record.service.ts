import {
  type Caller,
  assertVersion,
  type FieldProblem,
  invalid,
  mergePatch,
  notFound,
  type Page,
  paginate,
  type PageOrder,
  type PageQuery,
  parseRef,
  validated,
} from '@expo-accord/http';
import { newId, Transactions } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, type SelectQueryBuilder } from 'typeorm';
import { ExternalRefs } from './external-refs';
import { shareIdentities } from './identities';
import { type RecordAnswer, type RecordBody } from './record.dto';
import { type RecordEntity } from './record.entity';
import { answerOf, bodyOf, columnsOf, searchPattern } from './record.mapping';
import { type Reference, type Resource, type TableName } from './resource';

export interface RecordQuery extends PageQuery {
  name?: string;
}

/** What a list shows beyond columns with an exact value, and in which order. `record` is the row's alias. */
export interface Narrowing<E extends RecordEntity> {
  narrow?: (query: SelectQueryBuilder<E>) => void;
  order?: PageOrder | undefined;
}

/** Called inside the transaction, after the row was written. */
type Afterwards<E> = (manager: EntityManager, row: E, before: E | null) => Promise<void>;

const nothingMore = (): Promise<void> => Promise.resolve();

/** What all resources of this service do alike: create, read, list, change under a version. */
@Injectable()
export class Records {
  constructor(
    private readonly transactions: Transactions,
    private readonly externalRefs: ExternalRefs,
  ) {}

  /** @param fixed columns that the body cannot set, such as the event a session belongs to */
  async create<B extends RecordBody, E extends RecordEntity>(
    resource: Resource<B, E>,
    caller: Caller,
    body: B,
    fixed: Partial<E> = {},
    afterwards: Afterwards<E> = nothingMore,
  ): Promise<B & RecordAnswer> {
    const row = await this.transactions.run(async (manager) => {
      await shareIdentities(manager, caller.tenantId);
      await this.assertSound(manager, caller, resource, body);
      const id = newId();
      const values = { ...columnsOf(resource, body), ...fixed, id, tenantId: caller.tenantId };
      await this.externalRefs.claim(manager, caller.tenantId, resource.what, id, body.externalRefs ?? []);
      await manager.insert(resource.entity, values as never);
      const inserted = await this.row(resource, caller, id, manager);
      await afterwards(manager, inserted, null);
      return inserted;
    });
    return answerOf(resource, row);
  }

  async get<B extends RecordBody, E extends RecordEntity>(
    resource: Resource<B, E>,
    caller: Caller,
    id: string,
  ): Promise<B & RecordAnswer> {
    return answerOf(resource, await this.row(resource, caller, id, this.transactions.manager));
  }

  /** @param where columns with an exact value */
  async list<B extends RecordBody, E extends RecordEntity>(
    resource: Resource<B, E>,
    caller: Caller,
    { name, ref, ...page }: RecordQuery,
    where: Partial<Record<keyof E & string, unknown>> = {},
    { narrow, order }: Narrowing<E> = {},
  ): Promise<Page<B & RecordAnswer>> {
    const query = this.transactions.manager
      .createQueryBuilder(resource.entity, 'record')
      .where('record.tenantId = :tenantId', { tenantId: caller.tenantId });
    for (const [column, value] of Object.entries(where)) {
      if (value !== undefined) query.andWhere(`record.${column} = :${column}`, { [column]: value });
    }
    narrow?.(query);
    if (name !== undefined) query.andWhere('record.searchText LIKE :name', { name: searchPattern(name) });
    if (ref !== undefined) {
      const { system, id } = parseRef(ref);
      const known = await this.externalRefs.find(this.transactions.manager, caller.tenantId, resource.what, system, id);
      query.andWhere('record.id = ANY(:known)', { known });
    }
    const { items, nextCursor } = await paginate(query, page, order);
    return { items: items.map((row) => answerOf(resource, row)), nextCursor };
  }

  /** @param check sees the row before the patch is applied, and may refuse */
  async change<B extends RecordBody, E extends RecordEntity>(
    resource: Resource<B, E>,
    caller: Caller,
    id: string,
    expectedVersion: number,
    patch: Record<string, unknown>,
    hooks: {
      check?: (manager: EntityManager, row: E, body: B) => Promise<Partial<E>>;
      afterwards?: Afterwards<E>;
    } = {},
  ): Promise<B & RecordAnswer> {
    const changed = await this.transactions.run(async (manager) => {
      await shareIdentities(manager, caller.tenantId);
      const row = await this.locked(resource, caller, id, manager);
      assertVersion(row.version, expectedVersion);
      const before = bodyOf(resource, row);
      const body = validated(resource.body, mergePatch(before, patch));
      await this.assertSound(manager, caller, resource, body, before);
      const fixed = (await hooks.check?.(manager, row, body)) ?? {};
      await this.externalRefs.replace(manager, caller.tenantId, resource.what, id, body.externalRefs ?? []);
      const next = await this.write(manager, resource, row, { ...columnsOf(resource, body), ...fixed });
      await hooks.afterwards?.(manager, next, row);
      return next;
    });
    return answerOf(resource, changed);
  }

  /** Sets columns of a locked row as its next version. */
  async write<B extends RecordBody, E extends RecordEntity>(
    manager: EntityManager,
    resource: Resource<B, E>,
    row: E,
    values: Partial<RecordEntity>,
  ): Promise<E> {
    const version = row.version + 1;
    await manager
      .createQueryBuilder()
      .update(resource.entity)
      .set({ ...values, version, updatedAt: () => 'clock_timestamp()' } as never)
      .where('id = :id', { id: row.id })
      .execute();
    return this.row(resource, { tenantId: row.tenantId }, row.id, manager);
  }

  async row<B extends RecordBody, E extends RecordEntity>(
    { entity, what }: Resource<B, E>,
    { tenantId }: Pick<Caller, 'tenantId'>,
    id: string,
    manager: EntityManager,
  ): Promise<E> {
    const row = await manager.findOneBy(entity, { id, tenantId } as FindOptionsWhere<E>);
    if (row === null) throw notFound(what, id);
    return row;
  }

  async locked<B extends RecordBody, E extends RecordEntity>(
    { entity, what }: Resource<B, E>,
    { tenantId }: Pick<Caller, 'tenantId'>,
    id: string,
    manager: EntityManager,
  ): Promise<E> {
    const where = { id, tenantId } as FindOptionsWhere<E>;
    // Not FOR UPDATE: whoever has just added a child holds the parent's key, and two of them would wait for each other.
    const row = await manager.findOne(entity, { where, lock: { mode: 'for_no_key_update' } });
    if (row === null) throw notFound(what, id);
    return row;
  }

  /** Nothing in the body contradicts itself, and every id that it names is one of the tenant's own records. */
  private async assertSound<B extends RecordBody, E extends RecordEntity>(
    manager: EntityManager,
    caller: Caller,
    resource: Resource<B, E>,
    body: B,
    before?: B,
  ): Promise<void> {
    const unknown = await this.unknownReferences(manager, caller, resource.references(body));
    const problems = [...(resource.contradictions?.(body, before) ?? []), ...unknown];
    if (problems.length > 0) throw invalid(problems);
  }

  private async unknownReferences(
    manager: EntityManager,
    { tenantId }: Caller,
    references: Reference[],
  ): Promise<FieldProblem[]> {
    const problems: FieldProblem[] = [];
    for (const table of new Set(references.map((reference) => reference.table))) {
      const named = references.filter((reference) => reference.table === table);
      const ids = named.map(({ id }) => id);
      const rows = await manager.query<Known[]>(
        `SELECT id, ${mergeable.has(table) ? 'merged_into_id' : 'NULL'} AS "mergedIntoId"
         FROM ${table} WHERE tenant_id = $1 AND id = ANY($2)`,
        [tenantId, ids],
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      problems.push(...named.flatMap((reference) => problemOf(reference, found.get(reference.id.toLowerCase()))));
    }
    return problems;
  }
}

interface Known {
  id: string;
  /** Of a duplicate: the record that stands for it. */
  mergedIntoId: string | null;
}

const mergeable: ReadonlySet<TableName> = new Set(['organization', 'person', 'place']);

function problemOf({ pointer, table }: Reference, known: Known | undefined): FieldProblem[] {
  if (known === undefined) return [{ pointer, code: 'reference-unknown', detail: `There is no such ${table}.` }];
  if (known.mergedIntoId === null) return [];
  const detail = `This ${table} is a duplicate of ${known.mergedIntoId}; name that one.`;
  return [{ pointer, code: 'reference-merged', detail }];
}
