import { Transactions } from '@expo-accord/database';
import { type Caller, notFound, type Page } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type RecordAnswer, type RecordBody } from './record.dto';
import { type RecordEntity } from './record.entity';
import { type RecordQuery, Records } from './record.service';
import { type ChildResource } from './resource';

/** Called inside the transaction after something under a parent was written. */
export type ChildWritten = (manager: EntityManager, tenantId: string, parentId: string) => Promise<void>;

const nothingMore: ChildWritten = () => Promise.resolve();

/** As `Records`, for what belongs to an event or a place. */
@Injectable()
export class ChildRecords {
  constructor(
    private readonly transactions: Transactions,
    private readonly records: Records,
  ) {}

  async create<B extends RecordBody, E extends RecordEntity>(
    resource: ChildResource<B, E>,
    caller: Caller,
    parentId: string,
    body: B,
    written = nothingMore,
  ): Promise<B & RecordAnswer> {
    return this.transactions.run(async (manager) => {
      await this.assertParent(manager, resource, caller, parentId);
      const fixed = { [resource.parent.column]: parentId } as Partial<E>;
      return this.records.create(resource, caller, body, fixed, () => written(manager, caller.tenantId, parentId));
    });
  }

  async list<B extends RecordBody, E extends RecordEntity>(
    resource: ChildResource<B, E>,
    caller: Caller,
    parentId: string,
    page: RecordQuery,
    where: Partial<Record<keyof E & string, unknown>> = {},
  ): Promise<Page<B & RecordAnswer>> {
    await this.assertParent(this.transactions.manager, resource, caller, parentId);
    return this.records.list(resource, caller, page, { ...where, [resource.parent.column]: parentId });
  }

  get<B extends RecordBody, E extends RecordEntity>(
    resource: ChildResource<B, E>,
    caller: Caller,
    id: string,
  ): Promise<B & RecordAnswer> {
    return this.records.get(resource, caller, id);
  }

  change<B extends RecordBody, E extends RecordEntity>(
    resource: ChildResource<B, E>,
    caller: Caller,
    id: string,
    version: number,
    patch: Record<string, unknown>,
  ): Promise<B & RecordAnswer> {
    return this.records.change(resource, caller, id, version, patch);
  }

  private async assertParent<B extends RecordBody, E extends RecordEntity>(
    manager: EntityManager,
    { parent }: ChildResource<B, E>,
    { tenantId }: Caller,
    parentId: string,
  ): Promise<void> {
    const rows = await manager.query<unknown[]>(`SELECT 1 FROM ${parent.table} WHERE tenant_id = $1 AND id = $2`, [
      tenantId,
      parentId,
    ]);
    if (rows.length === 0) throw notFound(parent.what, parentId);
  }
}
