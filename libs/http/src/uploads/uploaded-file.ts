import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { fileType, isOneOf, mediaTypeUnsupported } from '../body-parsers';
import { unparsable } from '../problem';
import { bytesOf } from './upload';

export interface UploadedBytes {
  /** As they arrive; they may be read once. Throws where the caller goes away before their end. */
  bytes: AsyncIterable<Buffer>;
  /** What the caller says that there are; undefined where it doesn't. */
  length: number | undefined;
  /** SHA-256 in lower-case hex, from `Content-Digest` or `Repr-Digest` (RFC 9530), where the caller sent it. */
  sha256: string | undefined;
}

/** A file as it arrives, of whatever kind; 415 for any other content type than that of plain bytes. */
export const UploadedFile = createParamDecorator((_: unknown, context: ExecutionContext): UploadedBytes => {
  const { body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(body instanceof Readable) || !isOneOf([fileType], headers['content-type'])) {
    throw mediaTypeUnsupported(`This path takes ${fileType}.`);
  }
  const { 'content-length': length, 'content-digest': content, 'repr-digest': representation } = headers;
  return {
    bytes: bytesOf(body),
    length: length === undefined ? undefined : Number(length),
    sha256: sha256In(content) ?? sha256In(representation),
  };
});

/** Another algorithm is passed over, as RFC 9530 says; a digest that is none is not. */
export function sha256In(header: string | string[] | undefined): string | undefined {
  const field = [header ?? []].flat().join(',');
  const value = /(?:^|,)\s*sha-256\s*=\s*([^,;]*)/i.exec(field)?.[1];
  if (value === undefined) return undefined;
  const encoded = /^:([A-Za-z0-9+/]{43}=):$/.exec(value.trim())?.[1];
  if (encoded === undefined) throw unparsable('digest-malformed', 'A digest is written as sha-256=:<base64>:.');
  return Buffer.from(encoded, 'base64').toString('hex');
}
