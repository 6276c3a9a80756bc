import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  type Caller,
  conflict,
  forbidden,
  notFound,
  type PageQuery,
  paginate,
} from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { type EntityManager, IsNull } from 'typeorm';
import { Tenant } from '../tenants/tenant.entity';
import { type CreatedKeyAnswer, type CreateKeyBody, type KeyAnswer, type KeyPage } from './api-key.dto';
import { ApiKey } from './api-key.entity';
import { formatKey, hashOf, newSecret, scopesBeyond } from './api-key.rules';
import { manageKeys } from './scopes';
import { VerifiedKeys } from './verified-keys';

export interface NewKey {
  tenantId: string;
  name: string;
  scopes: readonly string[];
  createdBy: string | null;
  externalRefs: ExternalRef[];
}

/** @returns the row and the key itself, which is known only now */
export async function insertKey(manager: EntityManager, given: NewKey): Promise<{ row: ApiKey; key: string }> {
  const secret = newSecret();
  const id = newId();
  await manager.insert(ApiKey, { ...given, id, scopes: [...given.scopes], secretHash: hashOf(secret) });
  const row = await manager.findOneByOrFail(ApiKey, { id });
  return { row, key: formatKey({ keyId: id, secret }) };
}

@Injectable()
export class ApiKeyService {
  constructor(
    private readonly transactions: Transactions,
    private readonly verified: VerifiedKeys,
  ) {}

  async create(caller: Caller, body: CreateKeyBody): Promise<CreatedKeyAnswer> {
    const beyond = scopesBeyond(caller.scopes, body.scopes);
    if (beyond.length > 0) {
      throw forbidden('scope-escalation', 'A key cannot grant scopes that it lacks.', { scopes: beyond });
    }
    return this.transactions.run(async (manager) => {
      const { row, key } = await insertKey(manager, {
        tenantId: caller.tenantId,
        name: body.name,
        scopes: body.scopes,
        createdBy: caller.keyId,
        externalRefs: body.externalRefs ?? [],
      });
      return Object.assign(answerOf(row), { key });
    });
  }

  async list(caller: Caller, page: PageQuery): Promise<KeyPage> {
    const query = this.transactions.manager
      .createQueryBuilder(ApiKey, 'apiKey')
      .where('apiKey.tenantId = :tenantId', { tenantId: caller.tenantId });
    const { items, nextCursor } = await paginate(query, page);
    return { items: items.map(answerOf), nextCursor };
  }

  async read(caller: Caller, id: string): Promise<KeyAnswer> {
    return answerOf(await find(this.transactions.manager, caller, id));
  }

  async revoke(caller: Caller, id: string): Promise<KeyAnswer> {
    return this.transactions.run(async (manager) => {
      // One revocation of a tenant at a time, or two could each leave the other as the last.
      await manager.findOneOrFail(Tenant, { where: { id: caller.tenantId }, lock: { mode: 'pessimistic_write' } });
      const key = await find(manager, caller, id);
      if (key.revokedAt !== null) throw actionNotAllowed('revoke', 'revoked', []);
      await this.refuseLastManager(manager, key);
      const revokedAt = new Date();
      const version = key.version + 1;
      await manager.update(ApiKey, { id }, { revokedAt, updatedAt: revokedAt, version });
      this.transactions.afterCommit(() => {
        this.verified.forget(id);
      });
      return answerOf(Object.assign(key, { revokedAt, version }));
    });
  }

  private async refuseLastManager(manager: EntityManager, key: ApiKey): Promise<void> {
    if (!key.scopes.includes(manageKeys)) return;
    const active = await manager.findBy(ApiKey, { tenantId: key.tenantId, revokedAt: IsNull() });
    if (active.some(({ id, scopes }) => id !== key.id && scopes.includes(manageKeys))) return;
    throw conflict('last-managing-key', 'No other key could manage keys any more; make another one first.');
  }
}

async function find(manager: EntityManager, caller: Caller, id: string): Promise<ApiKey> {
  const key = await manager.findOneBy(ApiKey, { id, tenantId: caller.tenantId });
  if (key === null) throw notFound('key', id);
  return key;
}

function answerOf(key: ApiKey): KeyAnswer {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    status: key.revokedAt === null ? 'active' : 'revoked',
    externalRefs: key.externalRefs,
    createdAt: key.createdAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
    version: key.version,
  };
}
