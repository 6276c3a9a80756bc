import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { contractOf, jsonSchemaOf } from '@expo-accord/contracts';
import { notFound, sendProblem } from '@expo-accord/http';
import { type FastifyReply, type FastifyRequest } from 'fastify';

/** `/schemas/<type>.json`, where a message's `ce_dataschema` points to. */
export function serveMessageSchemas(app: NestFastifyApplication): void {
  const http = app.getHttpAdapter();
  http.get('/schemas/:file', (request: FastifyRequest, reply: FastifyReply) => {
    const { file } = request.params as { file: string };
    const contract = file.endsWith('.json') ? contractOf(file.slice(0, -'.json'.length)) : undefined;
    if (contract === undefined) sendProblem(reply, notFound('schema', file));
    else void reply.header('content-type', 'application/schema+json; charset=utf-8').send(jsonSchemaOf(contract));
  });
}
