import { type IncomingMessage } from 'node:http';
import { type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { JsonLogger, Telemetry } from '@expo-accord/observability';
import { apiModule } from './api.module';
import { type ApiOptions } from './api-options';
import { jsonBodyLimitBytes, setBodyParsers } from './body-parsers';
import { openApiDocument } from './open-api';
import { refuseUnscopedHandlers } from './refuse-unscoped-handlers';
import { answerClientError, answerFrameworkError } from './unreadable-requests';
import { addRequestContext, requestIdFrom, requestIdHeader } from './request-hooks';

/** Longer than the gateway keeps its connections, so that it never sends on one that is just being closed here. */
const keepAliveTimeoutMs = 75_000;

/**
 * A Nest application on Fastify with what every API here has: request ids, callers and scopes, validation, problem
 * details, idempotency, ETags, health and the OpenAPI document. It does not listen yet; see `serve`.
 */
export async function createApi(module: Type | DynamicModule, options: ApiOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: jsonBodyLimitBytes,
    keepAliveTimeout: keepAliveTimeoutMs,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    frameworkErrors: answerFrameworkError,
    genReqId: (request: IncomingMessage) => requestIdFrom(request.headers[requestIdHeader]),
  });
  const logger = new JsonLogger({ service: options.service, level: options.config.LOG_LEVEL });
  const ofNest = { logger, bodyParser: false, abortOnError: false };

  const app = await NestFactory.create<NestFastifyApplication>(apiModule(module, options), adapter, ofNest);
  refuseUnscopedHandlers(app);
  const fastify = adapter.getInstance();
  addRequestContext(fastify, app.get(Telemetry));
  setBodyParsers(fastify);
  if (options.openApi !== undefined) serveOpenApi(app, options.openApi);
  return app;
}

function serveOpenApi(app: NestFastifyApplication, about: NonNullable<ApiOptions['openApi']>): void {
  let document: object | undefined;
  app.getHttpAdapter().get('/openapi.json', (_request, reply) => {
    document ??= openApiDocument(app, about);
    void reply.header('content-type', 'application/json; charset=utf-8').send(document);
  });
}
