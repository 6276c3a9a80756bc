import { type FastifyInstance } from 'fastify';

/** Uploads reach their handler as the raw stream, whatever their length. */
export const streamedTypes = ['application/x-ndjson', 'text/csv'];
const jsonTypes = ['application/json', 'application/merge-patch+json'];

/** What a body may be: JSON of limited size, or an upload that is streamed. Anything else is 415. */
export function setBodyParsers(fastify: FastifyInstance, jsonBodyLimit: number): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser(
    jsonTypes,
    { parseAs: 'string', bodyLimit: jsonBodyLimit },
    (request, body: string, done) => {
      // An action's body is optional, and clients send the content type all the same.
      if (body === '') done(null, undefined);
      else void parseJson(request, body, done);
    },
  );
  fastify.addContentTypeParser(streamedTypes, (_request, payload, done) => {
    done(null, payload);
  });
}
