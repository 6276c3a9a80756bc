import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Transactions } from '@expo-accord/database';
import { type FastifyReply } from 'fastify';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { type CalledRequest } from '../caller';
import { Problem, unparsable } from '../problem';
import { type Claim, IdempotencyKeys, type KeyedRequest, type RememberedAnswer } from './idempotency-keys';

export const idempotencyKeyHeader = 'idempotency-key';
const acceptableKey = /^[\x21-\x7e]{1,255}$/;
const rememberedHeaders = ['location', 'etag', 'content-language'];
const shownOnceMetadata = 'expo-accord:shown-once';

/** These top-level fields of the answer are secrets: they are not stored, so a replay answers without them. */
export const KeepsOutOfReplay = (...fields: string[]): MethodDecorator => SetMetadata(shownOnceMetadata, fields);

/**
 * Makes a POST with an `Idempotency-Key` take effect once. The key is taken in the transaction of the effect itself, so
 * that they commit or vanish together; a failed request leaves no key. A streamed upload is too long for one
 * transaction: its key is kept once it was answered, and until then its lines are protected by their own external refs.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly transactions: Transactions,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<CalledRequest>();
    const keyed = request.method === 'POST' ? keyedRequest(request) : undefined;
    if (keyed === undefined) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    const secrets = this.reflector.get<string[] | undefined>(shownOnceMetadata, context.getHandler()) ?? [];
    const work = async (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined });
    const answered = (answer: unknown): RememberedAnswer => answerOf(reply, answer, secrets);
    return defer(() =>
      request.body instanceof Readable
        ? this.afterwards(keyed, reply, work, answered)
        : this.together(keyed, reply, work, answered),
    );
  }

  private async together(
    keyed: KeyedRequest,
    reply: FastifyReply,
    work: () => Promise<unknown>,
    answered: (answer: unknown) => RememberedAnswer,
  ): Promise<unknown> {
    return this.transactions.run(async (manager) => {
      const claim = await this.keys.claim(manager, keyed);
      if (claim !== 'first') return replay(claim, reply);
      const answer = await work();
      await this.keys.remember(manager, keyed, answered(answer));
      return answer;
    });
  }

  private async afterwards(
    keyed: KeyedRequest,
    reply: FastifyReply,
    work: () => Promise<unknown>,
    answered: (answer: unknown) => RememberedAnswer,
  ): Promise<unknown> {
    const known = await this.keys.find(this.transactions.manager, keyed);
    if (known !== undefined) return replay(known, reply);
    const answer = await work();
    await this.keys.remember(this.transactions.manager, keyed, answered(answer));
    return answer;
  }
}

function replay(claim: Exclude<Claim, 'first'>, reply: FastifyReply): unknown {
  if (claim === 'reused') {
    const detail = 'This Idempotency-Key was used for another request within the last 24 hours.';
    throw new Problem('invalid', 'idempotency-key-reused', detail);
  }
  reply.status(claim.status).headers({ ...claim.headers, 'idempotency-replayed': 'true' });
  return claim.body ?? undefined;
}

function keyedRequest(request: CalledRequest): KeyedRequest | undefined {
  const key = request.headers[idempotencyKeyHeader];
  if (key === undefined || request.caller === undefined) return undefined;
  if (typeof key !== 'string' || !acceptableKey.test(key)) {
    throw unparsable('idempotency-key-malformed', 'Idempotency-Key has to be 1 to 255 visible ASCII characters.');
  }
  const { body } = request;
  const known = body instanceof Readable ? (request.headers['content-length'] ?? '') : JSON.stringify(body ?? null);
  return {
    tenantId: request.caller.tenantId,
    key,
    methodPath: `${request.method} ${request.url}`,
    bodyHash: createHash('sha256').update(known).digest(),
  };
}

function answerOf(reply: FastifyReply, answer: unknown, secrets: readonly string[]): RememberedAnswer {
  const headers: Record<string, string> = {};
  for (const name of rememberedHeaders) {
    const value = reply.getHeader(name);
    if (typeof value === 'string') headers[name] = value;
  }
  const isObject = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  const body: unknown = isObject
    ? Object.fromEntries(Object.entries(answer).filter(([name]) => !secrets.includes(name)))
    : answer;
  return { status: reply.statusCode, headers, body };
}
