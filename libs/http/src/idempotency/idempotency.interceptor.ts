import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Transactions } from '@expo-accord/database';
import { type FastifyReply } from 'fastify';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { type CalledRequest } from '../caller';
import { bytesOf, digestWhileRead, settleBy } from '../uploads/upload';
import { IdempotencyKeys } from './idempotency-keys';
import { claimsKeyMetadata, keyedRequest, type KeyedRequest } from './keyed-request';
import { giveAnswer, type RememberedAnswer } from './remembered-answer';

const rememberedHeaders = ['location', 'etag', 'content-language'];
const shownOnceMetadata = 'expo-accord:shown-once';

/** These top-level fields of the answer are secrets: they are not stored, so a replay answers without them. */
export const KeepsOutOfReplay = (...fields: string[]): MethodDecorator => SetMetadata(shownOnceMetadata, fields);

interface Work {
  readonly keyed: KeyedRequest;
  readonly reply: FastifyReply;
  readonly handle: () => Promise<unknown>;
  readonly secrets: readonly string[];
}

/**
 * Makes a POST with an `Idempotency-Key` take effect once. The key is taken in the transaction of the effect itself, so
 * that they commit or vanish together; a failed request leaves no key. A streamed upload is too long for one
 * transaction: its key is taken with its last step (`UploadedBody.settle`), or, where it has none, once it was answered; with a
 * digest of what came.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly transactions: Transactions,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = context.getHandler();
    if (context.getType() !== 'http' || this.reflector.get<unknown>(claimsKeyMetadata, handler) === true) {
      return next.handle();
    }
    const http = context.switchToHttp();
    const request = http.getRequest<CalledRequest>();
    const keyed = keyedRequest(request);
    if (keyed === undefined) return next.handle();
    const work: Work = {
      keyed,
      reply: http.getResponse<FastifyReply>(),
      handle: async (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: undefined }),
      secrets: this.reflector.get<string[] | undefined>(shownOnceMetadata, handler) ?? [],
    };
    return defer(() => {
      return request.body instanceof Readable ? this.ofUpload(work, request.body) : this.together(work);
    });
  }

  private async together({ keyed, reply, handle, secrets }: Work): Promise<unknown> {
    return this.transactions.retrying(async (manager) => {
      // What is shown once is in this, and not in what is remembered.
      let own: { answer: unknown } | undefined;
      const outcomes = await this.keys.once(manager, [{ keyed }], async () => {
        own = { answer: await handle() };
        return [answerOf(reply, own.answer, secrets)];
      });
      return own === undefined ? told(reply, outcomes[0] as RememberedAnswer | Error) : own.answer;
    });
  }

  private async ofUpload(work: Work, body: Readable): Promise<unknown> {
    const { manager } = this.transactions;
    const { keyed, reply, handle } = work;
    const digest = digestWhileRead(body);
    const whole = (): KeyedRequest => ({ ...keyed, bodyHash: digest.copy().digest() });
    if ((await this.keys.find(manager, keyed)) !== undefined) {
      // Whether it is the same upload is known at its end.
      const pieces = bytesOf(body);
      while ((await pieces.next()).done !== true);
      return told(reply, (await this.keys.find(manager, whole())) as RememberedAnswer | Error);
    }
    let settled: { answer: unknown } | undefined;
    settleBy(body, async <Answer>(step: () => Promise<Answer>) => {
      const answer = await this.together({ ...work, keyed: whole(), handle: step });
      settled = { answer };
      return answer as Answer;
    });
    const answer = await handle();
    if (settled !== undefined) return answer;
    return this.together({ ...work, keyed: whole(), handle: () => Promise.resolve(answer) });
  }
}

function told(reply: FastifyReply, outcome: RememberedAnswer | Error): unknown {
  if (outcome instanceof Error) throw outcome;
  return giveAnswer(reply, outcome);
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
