import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import { outlookOf } from '@expo-accord/database';
import { currentContext } from '@expo-accord/observability';
import { type FastifyReply } from 'fastify';
import { Problem, type ProblemKind, unparsable } from './problem';

const titles: Record<number, string> = {
  400: 'Unparsable request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid request',
  428: 'Precondition required',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Unavailable',
  504: 'Gateway timeout',
};

/** A body of 1 MB can be wrong in 100,000 places; whoever mends these is told the next. */
const mostErrors = 100;

/** Every failure leaves as RFC 9457 problem details; of an unexpected one the caller learns only the request id. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemFrom(error);
    if (problem.kind === 'internal') this.logger.error('A request failed unexpectedly', error);
    else if (problem.cause === error) this.logger.warn('A request could not be served at present', error);
    if (reply.sent || reply.raw.headersSent) {
      // The answer was under way: cutting it off is the only way left to say that it is not whole.
      reply.raw.destroy();
      return;
    }
    sendProblem(reply, problem);
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem, currentContext()?.requestId ?? reply.request.id)));
}

export function problemBody(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    ...problem.extra,
    type: 'about:blank',
    title: titles[problem.status],
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    requestId,
    ...(problem.errors === undefined ? {} : { errors: problem.errors.slice(0, mostErrors) }),
  };
}

/** Failures that Nest and Fastify find on their own, by status. */
const foreignKinds: Record<number, [kind: ProblemKind, code: string, detail: string]> = {
  401: ['unauthenticated', 'unauthenticated', 'The request is not authenticated.'],
  403: ['forbidden', 'forbidden', 'This is not allowed.'],
  404: ['notFound', 'path-unknown', 'There is nothing under this method and path.'],
  405: ['methodNotAllowed', 'method-not-allowed', 'This path does not take this method.'],
  413: ['tooLarge', 'body-too-large', 'The body is larger than this path takes.'],
  415: ['unsupportedMediaType', 'media-type-unsupported', 'This path does not take this content type.'],
  503: ['unavailable', 'shutting-down', 'The service is shutting down.'],
};

export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatusOf(error);
  const foreign = status === undefined ? undefined : foreignKinds[status];
  if (foreign !== undefined) return new Problem(...foreign, { cause: error });
  if (status !== undefined && status >= 400 && status < 500) {
    return unparsable('request-unparsable', 'The request could not be read; check the body, its length and its type.');
  }
  if (outlookOf(error) === 'passes') {
    // Where a connection broke, nobody knows whether it had its effect: sent again with the same key, it has it once.
    const detail =
      'The service cannot serve this at present; send it again in a moment, with the same Idempotency-Key.';
    return new Problem('unavailable', 'service-unavailable', detail, { headers: { 'retry-after': '1' }, cause: error });
  }
  return new Problem('internal', 'internal', 'Something failed here; the request id finds it in the logs.', {
    cause: error,
  });
}

/** Only Fastify's own errors may set a status: a library's error that happens to carry one says nothing to callers. */
function fastifyStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  const fromFastify = 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_ERR_');
  return fromFastify || error instanceof SyntaxError ? error.statusCode : undefined;
}
