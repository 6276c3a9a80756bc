import { randomUUID } from 'node:crypto';
import { currentContext, type RequestContext, runInContext } from '@expo-accord/observability';
import { type FastifyInstance, type FastifyRequest } from 'fastify';

export const requestIdHeader = 'x-request-id';
const acceptableId = /^[\w.:-]{8,128}$/;
const acceptableTraceparent = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's request id where it is a sound one (it ends in logs), or else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && acceptableId.test(header) ? header : randomUUID();
}

/** Everything that a request causes runs in its context, and every answer tells the request id. */
export function addRequestContext(fastify: FastifyInstance): void {
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const context: RequestContext = {
      requestId: request.id,
      ...(typeof traceparent === 'string' && acceptableTraceparent.test(traceparent) ? { traceparent } : {}),
    };
    contexts.set(request, context);
    reply.header(requestIdHeader, request.id);
    runInContext(context, done);
  });
  // A parsed body goes on in the socket's own asynchronous context, where the request's is lost: enter it again.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const context = contexts.get(request);
    if (context === undefined || currentContext() === context) done();
    else runInContext(context, done);
  });
}
