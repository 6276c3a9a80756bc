import replyFrom from '@fastify/reply-from';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { currentContext, describeError, type JsonLogger } from '@expo-accord/observability';
import {
  type CallerSource,
  isStreamed,
  jsonBodyLimitBytes,
  Problem,
  problemFrom,
  sendProblem,
} from '@expo-accord/http';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type GatewayConfig } from '../config';
import { ownerOf, publicPaths, type Upstream } from '../routing/routes';
import { type TenantSettings } from '../tenants/tenant-settings.service';
import { CallerTokens } from './caller-tokens';
import { forwardedHeaders, returnedHeaders } from './forwarded-headers';
import { readerOf } from './register-readers';
import { upstreamProblem } from './upstream-problem';

const connectionsPerService = 128;
/** Shorter than the services keep theirs. */
const keepAliveMs = 60_000;
/** For uploads and for streams that have nothing to say for long. */
const noTimeout = 0;

export interface Forwarding {
  config: GatewayConfig;
  callers: CallerSource;
  tenants: TenantSettings;
  logger: JsonLogger;
}

/** Passes everything below `/v1` that is not the gateway's own on to its owner, bodies as streams in both directions. */
export async function forwardToServices(app: NestFastifyApplication, forwarding: Forwarding): Promise<void> {
  const { config, logger } = forwarding;
  const tokens = new CallerTokens(config.CALLER_TOKEN_PRIVATE_KEY);
  const urls = upstreamUrls(config);
  await app.register(async (scope: FastifyInstance) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => {
      done(null, payload);
    });
    scope.setErrorHandler((error, _request, reply) => {
      const problem = problemFrom(error);
      if (problem.kind === 'internal') logger.error('A request could not be forwarded', describeError(error));
      sendProblem(reply, problem);
    });
    await scope.register(replyFrom, {
      undici: {
        connections: connectionsPerService,
        keepAliveTimeout: keepAliveMs,
        keepAliveMaxTimeout: keepAliveMs,
        headersTimeout: config.UPSTREAM_TIMEOUT_MS,
        bodyTimeout: noTimeout,
      },
      destroyAgent: true,
      disableRequestLogging: true,
    });
    scope.all('/v1/*', async (request, reply) => {
      const path = request.url.split('?', 1)[0] ?? '';
      const upstream = ownerOf(path);
      if (upstream === undefined || upstream === 'gateway') {
        throw new Problem('notFound', 'path-unknown', 'There is nothing under this method and path.');
      }
      refuseTooLarge(request);
      const token = await tokens.tokenFor(await readerOf(request, path, forwarding));
      send(request, reply, { upstream, base: urls[upstream], path, token, logger });
      return reply;
    });
    for (const [path, upstream] of Object.entries(publicPaths)) {
      scope.get(path, (request, reply) => {
        send(request, reply, { upstream, base: urls[upstream], path, token: undefined, logger });
        return reply;
      });
    }
  });
}

export function upstreamUrls(config: GatewayConfig): Record<Upstream, string> {
  return {
    events: config.EVENTS_URL,
    registrations: config.REGISTRATIONS_URL,
    agreements: config.AGREEMENTS_URL,
    notifications: config.NOTIFICATIONS_URL,
  };
}

interface Passage {
  upstream: Upstream;
  base: string;
  path: string;
  /** Undefined where nobody has to say who they are. */
  token: string | undefined;
  logger: JsonLogger;
}

function send(request: FastifyRequest, reply: FastifyReply, passage: Passage): void {
  const { upstream, base, path, token, logger } = passage;
  const traceparent = currentContext()?.traceparent;
  reply.from(`${base}${path}`, {
    ...(isStreamed(request.headers['content-type']) ? { timeout: noTimeout } : {}),
    // Only the caller knows whether a request may be sent again.
    retryDelay: () => null,
    rewriteRequestHeaders: (_, headers) =>
      forwardedHeaders(headers, {
        ...(token === undefined ? {} : { 'x-caller-token': token }),
        'x-request-id': request.id,
        ...(traceparent === undefined ? {} : { traceparent }),
      }),
    rewriteHeaders: (headers) => returnedHeaders(headers),
    onError: (_, { error }) => {
      const problem = upstreamProblem(error, upstream);
      logger.warn('A service did not answer', { upstream, code: problem.code, error: describeError(error) });
      sendProblem(reply, problem);
    },
  });
}

/** The service would refuse it halfway and hang up, of which the caller might only see that the connection broke. */
function refuseTooLarge(request: FastifyRequest): void {
  if (
    isStreamed(request.headers['content-type']) ||
    Number(request.headers['content-length'] ?? 0) <= jsonBodyLimitBytes
  )
    return;
  throw new Problem('tooLarge', 'body-too-large', 'The body is larger than this path takes.');
}
