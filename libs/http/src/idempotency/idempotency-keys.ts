import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type Fingerprint, isSameRequest, type KeyedRequest, keyReused } from './keyed-request';
import { type RememberedAnswer } from './remembered-answer';

interface Row {
  tenant_id: string;
  key: string;
  caller: string | null;
  method_path: string;
  body_hash: Buffer;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** What came of the first request with a key; an error where it was refused just now, together with the others. */
interface Known {
  readonly request: Fingerprint;
  readonly outcome: RememberedAnswer | Error;
}

/** The answers by idempotency key, each kept for 48 hours in the transaction that made it true. */
@Injectable()
export class IdempotencyKeys {
  /**
   * Answers a group of requests, of which several may carry the same key, within the transaction of `manager`. Only those
   * that are new are worked on; what is answered to them is remembered, and what is refused is not.
   *
   * The keys are locked first, before anything that `work` locks, and sorted. Where another transaction holds one, this
   * waits: it then finds the other's answer, or is the first if that rolled back.
   *
   * @param work answers for each item that it is given, in their order; an error is a refusal
   */
  async once<Item extends { readonly keyed?: KeyedRequest | undefined }>(
    manager: EntityManager,
    items: readonly Item[],
    work: (fresh: readonly Item[]) => Promise<readonly (RememberedAnswer | Error)[]>,
  ): Promise<(RememberedAnswer | Error)[]> {
    const firsts = new Map<string, KeyedRequest>();
    for (const { keyed } of items) if (keyed !== undefined && !firsts.has(idOf(keyed))) firsts.set(idOf(keyed), keyed);
    const known = await this.claim(manager, [...firsts.values()]);
    const fresh = items.filter(
      ({ keyed }) => keyed === undefined || (firsts.get(idOf(keyed)) === keyed && !known.has(idOf(keyed))),
    );
    const outcomes = fresh.length === 0 ? [] : await work(fresh);
    const own = new Map(fresh.map((item, at) => [item, outcomes[at] as RememberedAnswer | Error]));
    for (const [{ keyed }, outcome] of own) {
      if (keyed !== undefined) known.set(idOf(keyed), { request: keyed, outcome });
    }
    await this.remember(
      manager,
      [...own].flatMap(([{ keyed }, outcome]) => rememberable(keyed, outcome)),
    );
    return items.map((item) => own.get(item) ?? toldAgain(known, item.keyed as KeyedRequest));
  }

  /** The answer to the same request, if one is remembered. Claims nothing. */
  async find(manager: EntityManager, request: KeyedRequest): Promise<RememberedAnswer | Error | undefined> {
    const known = await this.known(manager, [request]);
    return known.size === 0 ? undefined : toldAgain(known, request);
  }

  async remember(
    manager: EntityManager,
    answered: readonly { request: KeyedRequest; answer: RememberedAnswer }[],
  ): Promise<void> {
    if (answered.length === 0) return;
    await planned(
      manager,
      'remember idempotency keys',
      `INSERT INTO idempotency_key (tenant_id, key, caller, method_path, body_hash, status, headers, body)
       SELECT tenant_id, key, caller, method_path, decode(body_hash, 'hex'), status, headers, body
         FROM jsonb_to_recordset($1::jsonb) AS i (tenant_id uuid, key text, caller text, method_path text,
              body_hash text, status int, headers jsonb, body jsonb)`,
      [
        JSON.stringify(
          answered.map(({ request, answer }) => ({
            tenant_id: request.tenantId,
            key: request.key,
            caller: request.caller,
            method_path: request.methodPath,
            body_hash: request.bodyHash.toString('hex'),
            status: answer.status,
            headers: answer.headers,
            body: answer.body ?? null,
          })),
        ),
      ],
    );
  }

  private async claim(manager: EntityManager, requests: readonly KeyedRequest[]): Promise<Map<string, Known>> {
    if (requests.length === 0) return new Map();
    // A key of yesterday is in another partition than today's: no index could see to it that it is taken once.
    const locked = planned(
      manager,
      'lock idempotency keys',
      `SELECT pg_advisory_xact_lock(lock) FROM (
         SELECT DISTINCT hashtextextended(current_schema() || ' ' || id, 2) AS lock FROM unnest($1::text[]) AS id
          ORDER BY lock) AS sorted`,
      [requests.map(idOf)],
    );
    const [, known] = await Promise.all([locked, this.known(manager, requests)]);
    return known;
  }

  private async known(manager: EntityManager, requests: readonly KeyedRequest[]): Promise<Map<string, Known>> {
    const rows = await planned<Row>(
      manager,
      'find idempotency keys',
      `SELECT k.tenant_id, k.key, caller, method_path, body_hash, status, headers, body
         FROM unnest($1::uuid[], $2::text[]) AS asked (tenant_id, key)
         JOIN idempotency_key k ON k.tenant_id = asked.tenant_id AND k.key = asked.key
          AND k.created_at >= now() - interval '48 hours'
        ORDER BY k.created_at`,
      [requests.map(({ tenantId }) => tenantId), requests.map(({ key }) => key)],
    );
    return new Map(
      rows.map(({ tenant_id: tenantId, key, caller, method_path: methodPath, body_hash: bodyHash, ...answer }) => [
        idOf({ tenantId, key }),
        { request: { caller, methodPath, bodyHash }, outcome: answer },
      ]),
    );
  }
}

const idOf = ({ tenantId, key }: Pick<KeyedRequest, 'tenantId' | 'key'>): string => `${tenantId} ${key}`;

function rememberable(
  request: KeyedRequest | undefined,
  outcome: RememberedAnswer | Error,
): { request: KeyedRequest; answer: RememberedAnswer }[] {
  return request === undefined || outcome instanceof Error ? [] : [{ request, answer: outcome }];
}

function toldAgain(known: ReadonlyMap<string, Known>, request: KeyedRequest): RememberedAnswer | Error {
  const first = known.get(idOf(request)) as Known;
  if (!isSameRequest(first.request, request)) return keyReused();
  return first.outcome instanceof Error ? first.outcome : { ...first.outcome, replayed: true };
}
