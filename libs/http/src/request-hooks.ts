import { randomUUID } from 'node:crypto';
import { type RequestContext, runInContext } from '@expo-accord/observability';
import { type FastifyInstance } from 'fastify';

export const requestIdHeader = 'x-request-id';
const acceptableId = /^[\w.:-]{8,128}$/;
const acceptableTraceparent = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's request id where it is a sound one (it ends in logs), or else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && acceptableId.test(header) ? header : randomUUID();
}

/** Everything that a request causes runs in its context, and every answer tells the request id. */
export function addRequestContext(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const context: RequestContext = {
      requestId: request.id,
      ...(typeof traceparent === 'string' && acceptableTraceparent.test(traceparent) ? { traceparent } : {}),
    };
    reply.header(requestIdHeader, request.id);
    runInContext(context, done);
  });
}
