import { type BaseData } from '@expo-accord/contracts';
import { type Caller, conflict, type Page, type PageOrder } from '@expo-accord/http';
import { Outbox } from '@expo-accord/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { PublicUrls } from '../records/public-urls';
import { refuseCycle } from '../records/hierarchy';
import { type RecordAnswer, type RecordBody } from '../records/record.dto';
import { type RecordQuery, Records } from '../records/record.service';
import { type MasterSort, type MergeMark } from './master.dto';
import { type MasterEntity } from './master.entity';
import { type MasterResource } from './master-resource';

type MasterBody = RecordBody & { parentId?: string | null };
export type MasterAnswer<B> = B & MergeMark & RecordAnswer;

const orders: Record<MasterSort, PageOrder | undefined> = {
  createdAt: undefined,
  name: { by: 'sortName', isText: true },
  '-name': { by: 'sortName', isText: true, descending: true },
  updatedAt: { by: 'updatedAt' },
};

/** As `Records`, for what others keep copies of: they are told of every record and of every change. */
@Injectable()
export class MasterRecords {
  constructor(
    private readonly records: Records,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
  ) {}

  async create<B extends MasterBody, E extends MasterEntity>(
    resource: MasterResource<B, E>,
    caller: Caller,
    body: B,
  ): Promise<MasterAnswer<B>> {
    const answer = await this.records.create(resource, caller, body, {}, (manager, row) =>
      this.tellRecorded(manager, resource, row),
    );
    return answer as MasterAnswer<B>;
  }

  async get<B extends MasterBody, E extends MasterEntity>(
    resource: MasterResource<B, E>,
    caller: Caller,
    id: string,
  ): Promise<MasterAnswer<B>> {
    return (await this.records.get(resource, caller, id)) as MasterAnswer<B>;
  }

  /** Without duplicates, unless they are asked for. Whoever keeps up by `changedSince` has to hear of them. */
  async list<B extends MasterBody, E extends MasterEntity>(
    resource: MasterResource<B, E>,
    caller: Caller,
    { mergedIntoId, sort = 'createdAt', ...page }: RecordQuery & { mergedIntoId?: string; sort?: MasterSort },
    where: Partial<Record<keyof E & string, unknown>> = {},
  ): Promise<Page<MasterAnswer<B>>> {
    const found = await this.records.list(
      resource,
      caller,
      page,
      { ...where, mergedIntoId },
      {
        narrow: (query) => {
          if (mergedIntoId === undefined && page.changedSince === undefined) {
            query.andWhere('record.mergedIntoId IS NULL');
          }
        },
        order: orders[sort],
      },
    );
    return found as Page<MasterAnswer<B>>;
  }

  async change<B extends MasterBody, E extends MasterEntity>(
    resource: MasterResource<B, E>,
    caller: Caller,
    id: string,
    version: number,
    patch: Record<string, unknown>,
  ): Promise<MasterAnswer<B>> {
    const answer = await this.records.change(resource, caller, id, version, patch, {
      check: async (manager, row, body) => {
        refuseMerged(resource.what, row);
        if (resource.what !== 'person') await refuseCycle(manager, resource.what, row, body.parentId);
        return {};
      },
      afterwards: (manager, row) => this.tellRecorded(manager, resource, row),
    });
    return answer as MasterAnswer<B>;
  }

  async tellRecorded<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    resource: MasterResource<B, E>,
    row: E,
  ): Promise<void> {
    await this.outbox.append(manager, [resource.recorded(row, this.baseOf(resource, row))]);
  }

  async tellMerged<B extends RecordBody, E extends MasterEntity>(
    manager: EntityManager,
    resource: MasterResource<B, E>,
    row: E,
    survivorId: string,
  ): Promise<void> {
    await this.outbox.append(manager, [resource.merged(row, survivorId, this.baseOf(resource, row))]);
  }

  private baseOf<B extends RecordBody, E extends MasterEntity>(
    { path }: MasterResource<B, E>,
    { id, updatedAt, externalRefs }: E,
  ): BaseData {
    return {
      occurredOn: null,
      recordedAt: updatedAt.toISOString(),
      historical: false,
      synthetic: false,
      visibility: 'public',
      url: this.urls.of(path, id),
      externalRefs,
    };
  }
}

/** @throws Problem `already-merged` with the id of the record that stands for it */
export function refuseMerged(what: string, { mergedIntoId }: MasterEntity): void {
  if (mergedIntoId === null) return;
  const detail = `This ${what} was a duplicate of another, which stands for it.`;
  throw conflict('already-merged', detail, { mergedIntoId, actions: [] });
}
