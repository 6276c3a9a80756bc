import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';

export interface RememberedAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

export interface KeyedRequest {
  tenantId: string;
  key: string;
  methodPath: string;
  bodyHash: Buffer;
}

interface Row {
  method_path: string;
  body_hash: Buffer;
  status: number | null;
  headers: Record<string, string> | null;
  body: unknown;
}

export type Claim = 'first' | 'reused' | RememberedAnswer;

const sweepEveryMs = 3_600_000;

/** The table of answers by idempotency key. An answer is forgotten after 24 hours. */
@Injectable()
export class IdempotencyKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('IdempotencyKeys');
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly transactions: Transactions) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.logger.warn('Old idempotency keys could not be removed', error);
      });
    }, sweepEveryMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * Takes the key within the transaction of `manager`. Where another transaction holds it uncommitted, this waits: it
   * then finds the other's answer, or is the first if that rolled back.
   */
  async claim(manager: EntityManager, request: KeyedRequest): Promise<Claim> {
    const taken = await manager.query<unknown[]>(
      `INSERT INTO idempotency_key AS known (tenant_id, key, method_path, body_hash) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, key) DO UPDATE
         SET method_path = excluded.method_path, body_hash = excluded.body_hash, created_at = now()
         WHERE known.created_at < now() - interval '24 hours'
       RETURNING 1`,
      [request.tenantId, request.key, request.methodPath, request.bodyHash],
    );
    return taken.length > 0 ? 'first' : ((await this.find(manager, request)) ?? 'reused');
  }

  /** The answer to the same request, if one is remembered. */
  async find(manager: EntityManager, request: KeyedRequest): Promise<'reused' | RememberedAnswer | undefined> {
    const [row] = await manager.query<Row[]>(
      `SELECT method_path, body_hash, status, headers, body FROM idempotency_key
       WHERE tenant_id = $1 AND key = $2 AND created_at >= now() - interval '24 hours'`,
      [request.tenantId, request.key],
    );
    if (row === undefined) return undefined;
    if (row.method_path !== request.methodPath || !request.bodyHash.equals(row.body_hash)) return 'reused';
    return { status: row.status ?? 200, headers: row.headers ?? {}, body: row.body };
  }

  async remember(manager: EntityManager, request: KeyedRequest, answer: RememberedAnswer): Promise<void> {
    await manager.query(
      `INSERT INTO idempotency_key (tenant_id, key, method_path, body_hash, status, headers, body)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb)
       ON CONFLICT (tenant_id, key) DO UPDATE
         SET method_path = excluded.method_path, body_hash = excluded.body_hash, status = excluded.status,
           headers = excluded.headers, body = excluded.body, created_at = now()`,
      [
        request.tenantId,
        request.key,
        request.methodPath,
        request.bodyHash,
        answer.status,
        JSON.stringify(answer.headers),
        JSON.stringify(answer.body ?? null),
      ],
    );
  }

  private async sweep(): Promise<void> {
    await this.transactions.manager.query(`DELETE FROM idempotency_key WHERE created_at < now() - interval '24 hours'`);
  }
}
