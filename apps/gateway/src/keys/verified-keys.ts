import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, CallerSource, unauthenticated } from '@expo-accord/http';
import { type FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { IsNull } from 'typeorm';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config';
import { ApiKey } from './api-key.entity';
import { parseKey, presentedKey, secretFits } from './api-key.rules';

const rememberedKeys = 10_000;

interface Verified {
  caller: Caller;
  /** Milliseconds since the epoch. */
  until: number;
}

/**
 * Callers by their API key. A key found good is trusted for KEY_CACHE_MS: so a revoked one dies at once in the process
 * that revoked it, and within that time in every other.
 */
@Injectable()
export class VerifiedKeys extends CallerSource {
  /** By the hash of the key, so that no key lies in memory. */
  private readonly verified = new LRUCache<string, Verified>({ max: rememberedKeys });

  constructor(
    private readonly transactions: Transactions,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {
    super();
  }

  override async callerOf(request: FastifyRequest): Promise<Caller> {
    const key = presentedKey(request.headers);
    if (key === undefined) {
      throw unauthenticated('key-missing', 'Send an API key as Authorization: Bearer <key>.');
    }
    const hashed = hash('sha256', key, 'base64');
    const known = this.verified.get(hashed);
    if (known !== undefined && known.until > Date.now()) return known.caller;
    const until = Date.now() + this.config.KEY_CACHE_MS;
    const caller = await this.verify(key);
    this.verified.set(hashed, { caller, until });
    return caller;
  }

  forget(keyId: string): void {
    for (const [hash, { caller }] of this.verified.entries()) {
      if (caller.keyId === keyId) this.verified.delete(hash);
    }
  }

  private async verify(key: string): Promise<Caller> {
    const parsed = parseKey(key);
    const row =
      parsed === undefined
        ? null
        : await this.transactions.manager.findOneBy(ApiKey, { id: parsed.keyId, revokedAt: IsNull() });
    if (parsed === undefined || row === null || !secretFits(parsed.secret, row.secretHash)) {
      throw unauthenticated('key-unknown', 'The API key is not known, or it was revoked.');
    }
    return { tenantId: row.tenantId, keyId: row.id, scopes: row.scopes };
  }
}
