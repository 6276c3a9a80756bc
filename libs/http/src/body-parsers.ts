import { isUtf8 } from 'node:buffer';
import { type FastifyInstance } from 'fastify';
import { Problem, unparsable } from './problem';

/** Uploads reach their handler as the raw stream, whatever their length. */
export const lineTypes = ['application/x-ndjson', 'text/csv'];
export const fileType = 'application/octet-stream';
const streamedTypes = [...lineTypes, fileType];
export const jsonBodyLimitBytes = 1_048_576;
export const jsonTypes = ['application/json', 'application/merge-patch+json', 'application/schema+json'];

/** What a body may be: JSON of limited size, or an upload that is streamed. Anything else is 415. */
export function setBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser(
    jsonTypes,
    { parseAs: 'buffer', bodyLimit: jsonBodyLimitBytes },
    (request, bytes: Buffer, done) => {
      // Other bytes would silently become U+FFFD, in a name that somebody is then called by.
      if (!isUtf8(bytes)) {
        done(unparsable('utf8-malformed', 'The body is not UTF-8.'));
        return;
      }
      const body = bytes.toString('utf8');
      // An action's body is optional, and clients send the content type all the same.
      if (body === '') done(null, undefined);
      else void parseJson(request, body, done);
    },
  );
  fastify.addContentTypeParser(streamedTypes, (_request, payload, done) => {
    done(null, payload);
  });
  // Read as it comes, compressed bytes would be taken for text.
  fastify.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity' || (encoding === 'gzip' && isOneOf(lineTypes, request.headers['content-type']))) done();
    else done(mediaTypeUnsupported('Only an upload of lines may have a Content-Encoding, which is gzip.'));
  });
}

/** Whether a body of this content type is an upload. */
export function isStreamed(contentType = ''): boolean {
  return isOneOf(streamedTypes, contentType);
}

export function isOneOf(types: readonly string[], contentType = ''): boolean {
  return types.some((type) => contentType.toLowerCase().startsWith(type));
}

export function mediaTypeUnsupported(detail: string): Problem {
  return new Problem('unsupportedMediaType', 'media-type-unsupported', detail);
}
