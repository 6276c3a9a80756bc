import { type FastifyReply } from 'fastify';

/** What is answered to a request, so that the same can be answered again. */
export interface RememberedAnswer {
  readonly status: number;
  /** Beside those that every answer has. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** It is told again, and nothing was done for this request. */
  readonly replayed?: boolean;
}

/** @returns the body, for the handler or interceptor to answer with */
export function giveAnswer(reply: FastifyReply, answer: RememberedAnswer): unknown {
  reply.status(answer.status).headers(answer.headers);
  if (answer.replayed === true) reply.header('idempotency-replayed', 'true');
  return answer.body ?? undefined;
}
