import { codeRecorded } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  assertVersion,
  type Caller,
  conflict,
  invalidField,
  mergePatch,
  notFound,
  validated,
} from '@expo-accord/http';
import { Outbox, outgoing } from '@expo-accord/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { PublicUrls } from '../records/public-urls';
import { type CodeAnswer, CodeBody, type CodeListAnswer } from './code.dto';
import { CodeEntity } from './code.entity';
import { type CodeAction, codeActions, codeStatusAfter } from './code.rules';
import { shippedLists } from './shipped-codes';

/** Open lists: what is shipped, and what the tenant added. Bodies may use a code that is in neither, or retired. */
@Injectable()
export class CodeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
  ) {}

  lists(): CodeListAnswer[] {
    return [...shippedLists].map(([list, { names }]) => ({ list, names }));
  }

  async codes({ tenantId }: Caller, list: string): Promise<CodeAnswer[]> {
    const shipped = shippedCodes(list);
    const where = { tenantId, list };
    const added = await this.transactions.manager.find(CodeEntity, { where, order: { code: 'ASC' } });
    return [...shipped, ...added.map(answerOf)];
  }

  async get(caller: Caller, list: string, code: string): Promise<CodeAnswer> {
    const shipped = shippedCodes(list).find((known) => known.code === code);
    return shipped ?? answerOf(await this.own(this.transactions.manager, caller, list, code));
  }

  async add({ tenantId }: Caller, list: string, { code, names }: CodeBody): Promise<CodeAnswer> {
    const taken = conflict('code-exists', `The list ${list} has this code already.`, { code });
    if (shippedCodes(list).some((known) => known.code === code)) throw taken;
    return this.transactions.run(async (manager) => {
      const id = newId();
      const added = await manager.query<unknown[]>(
        `INSERT INTO code (id, tenant_id, list, code, names, status) VALUES ($1, $2, $3, $4, $5, 'active')
         ON CONFLICT (tenant_id, list, code) DO NOTHING RETURNING 1`,
        [id, tenantId, list, code, JSON.stringify(names)],
      );
      if (added.length === 0) throw taken;
      return this.tell(manager, id);
    });
  }

  async change(
    caller: Caller,
    list: string,
    code: string,
    version: number,
    patch: Record<string, unknown>,
  ): Promise<CodeAnswer> {
    return this.transactions.run(async (manager) => {
      const row = await this.locked(manager, caller, list, code);
      assertVersion(row.version, version);
      const body = validated(CodeBody, mergePatch({ code, names: row.names }, patch));
      if (body.code !== code) {
        throw invalidField(
          '/code',
          'not-changeable',
          'Records were entered under the code; retire it and add another.',
        );
      }
      return this.write(manager, row, { names: body.names });
    });
  }

  async act(caller: Caller, list: string, code: string, action: CodeAction, dryRun = false): Promise<CodeAnswer> {
    const work = async (manager: EntityManager): Promise<CodeAnswer> => {
      const row = await this.locked(manager, caller, list, code);
      const status = codeStatusAfter(row.status, action);
      if (status === undefined) throw actionNotAllowed(action, row.status, codeActions(row.status));
      return this.write(manager, row, { status });
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.run(work);
  }

  /** @throws Problem `code-shipped` */
  private async locked(manager: EntityManager, caller: Caller, list: string, code: string): Promise<CodeEntity> {
    if (shippedCodes(list).some((known) => known.code === code)) {
      const detail = 'This code is shipped with the product and the same for everybody; add one of your own instead.';
      throw conflict('code-shipped', detail, { code, actions: [] });
    }
    return this.own(manager, caller, list, code, true);
  }

  private async own(
    manager: EntityManager,
    { tenantId }: Caller,
    list: string,
    code: string,
    lock = false,
  ): Promise<CodeEntity> {
    const row = await manager.findOne(CodeEntity, {
      where: { tenantId, list, code },
      ...(lock && { lock: { mode: 'for_no_key_update' as const } }),
    });
    if (row === null) throw notFound('code', code);
    return row;
  }

  private async write(
    manager: EntityManager,
    { id, version }: CodeEntity,
    values: Partial<Pick<CodeEntity, 'names' | 'status'>>,
  ): Promise<CodeAnswer> {
    await manager
      .createQueryBuilder()
      .update(CodeEntity)
      .set({ ...values, version: version + 1, updatedAt: () => 'clock_timestamp()' })
      .where('id = :id', { id })
      .execute();
    return this.tell(manager, id);
  }

  /** Others keep copies, so they are told of every code and of every change. */
  private async tell(manager: EntityManager, id: string): Promise<CodeAnswer> {
    const row = await manager.findOneByOrFail(CodeEntity, { id });
    const { tenantId, list, code, names, status } = row;
    const data = {
      occurredOn: null,
      recordedAt: row.updatedAt.toISOString(),
      historical: false,
      synthetic: false,
      visibility: 'public' as const,
      url: this.urls.of(`code-lists/${list}/codes`, code),
      externalRefs: [],
      codeId: id,
      list,
      code,
      names,
      status,
    };
    await this.outbox.append(manager, [outgoing(codeRecorded, { aggregateId: id, tenantId, data })]);
    return answerOf(row);
  }
}

function answerOf({ id, list, code, names, status, version, createdAt, updatedAt }: CodeEntity): CodeAnswer {
  return {
    id,
    list,
    code,
    names,
    origin: 'tenant',
    status,
    actions: codeActions(status),
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function shippedCodes(list: string): CodeAnswer[] {
  const shipped = shippedLists.get(list);
  if (shipped === undefined) throw notFound('code list', list);
  return shipped.codes.map(({ code, names }): CodeAnswer => {
    return { list, code, names, origin: 'shipped', status: 'active', actions: [] };
  });
}
