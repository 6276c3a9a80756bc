import { randomUUID } from 'node:crypto';
import { type RequestContext, runInContext, spanContextOf, type Telemetry } from '@expo-accord/observability';
import { type FastifyInstance } from 'fastify';
import { RequestTelemetry } from './request-telemetry';

export const requestIdHeader = 'x-request-id';
const acceptableId = /^[\w.:-]{8,128}$/;

/** The caller's request id where it is a sound one (it ends in logs), or else a new one. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && acceptableId.test(header) ? header : randomUUID();
}

/** Everything that a request causes runs in its context, and every answer tells the request id. */
export function addRequestContext(fastify: FastifyInstance, telemetry: Telemetry): void {
  const observed = new RequestTelemetry(telemetry);
  fastify.addHook('onRequest', (request, reply, done) => {
    const traceparent = observed.begin(request, reply, traceparentIn(request.headers));
    const context: RequestContext = { requestId: request.id, ...(traceparent === undefined ? {} : { traceparent }) };
    reply.header(requestIdHeader, request.id);
    // Texts come back as they were sent: a browser is not to take them for anything but what we say they are.
    reply.header('x-content-type-options', 'nosniff');
    runInContext(context, done);
  });
}

/** The caller's trace context where it is a sound one: it ends in messages and logs. */
function traceparentIn({ traceparent }: Readonly<Record<string, unknown>>): string | undefined {
  return spanContextOf(traceparent) === undefined ? undefined : (traceparent as string);
}
