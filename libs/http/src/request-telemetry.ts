import { type Histogram } from '@opentelemetry/api';
import { type Telemetry, type Tracing } from '@expo-accord/observability';
import { type FastifyReply, type FastifyRequest } from 'fastify';

const serverErrors = 500;
/** Those that OpenTelemetry advises for this metric. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A server span for each request, and how long it took. Of its path only the route: ids and queries stay unsaid. */
export class RequestTelemetry {
  readonly #tracing: Tracing;
  readonly #duration: Histogram;

  constructor({ tracing, meter }: Telemetry) {
    this.#tracing = tracing;
    this.#duration = meter.createHistogram('http_server_request_duration_seconds', {
      description: 'Time from a request to the end of its answer',
      advice: { explicitBucketBoundaries: seconds },
    });
  }

  /** Answers the trace context for what the request causes: of its span, or the caller's where no spans are made. */
  begin(request: FastifyRequest, reply: FastifyReply, traceparent: string | undefined): string | undefined {
    const startedAt = performance.now();
    const route = request.routeOptions.url;
    const { method } = request;
    const span = isProbe(route)
      ? undefined
      : this.#tracing.begin(() => ({
          name: route === undefined ? method : `${method} ${route}`,
          kind: 'server',
          parent: traceparent,
          attributes: { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) },
        }));
    // Comes once, also when the caller goes away.
    reply.raw.once('close', () => {
      const status = reply.statusCode;
      this.#duration.record((performance.now() - startedAt) / 1_000, { method, route: route ?? 'none', status });
      span?.set({ 'http.response.status_code': status });
      span?.end(reply.raw.writableFinished ? errorOf(status) : 'aborted');
    });
    return span?.traceparent ?? traceparent;
  }
}

/** Orchestrators ask every few seconds, and nobody wants to read about it. */
function isProbe(route: string | undefined): boolean {
  return route?.startsWith('/health/') ?? false;
}

function errorOf(status: number): string | undefined {
  return status >= serverErrors ? String(status) : undefined;
}
