import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { putETag } from '../answer-headers';
import { isOneOf, lineTypes, mediaTypeUnsupported } from '../body-parsers';
import { decodedText, encodingOf } from './decoded-text';
import { inflated } from './inflated';

export interface UploadedBody {
  format: 'ndjson' | 'csv';
  /**
   * The body as text, in pieces as they arrive: inflated, decoded, without a byte order mark. It may be read once; a
   * Problem is thrown where it is malformed.
   */
  text: AsyncIterable<string>;
  /**
   * Takes the last step of what is done with an upload that was read to its end: until then nothing may have come of it,
   * so that it can be dropped without a trace. The step commits together with the idempotency key, if there is one; where
   * another upload with the same key was there first, this answers what was answered to that, and takes no step.
   * @param finish in one transaction; it may run several times
   * @param locationOf for the header of that name
   */
  settle: <Answer extends object>(
    finish: () => Promise<Answer>,
    locationOf: (answer: Answer) => string,
  ) => Promise<Answer>;
}

/** The body of an upload as it arrives; 415 for any other content type, or a charset that is not read here. */
export const Upload = createParamDecorator((_: unknown, context: ExecutionContext): UploadedBody => {
  const http = context.switchToHttp();
  const { body, headers } = http.getRequest<FastifyRequest>();
  if (!(body instanceof Readable) || !isOneOf(lineTypes, headers['content-type'])) {
    throw mediaTypeUnsupported(`This path takes ${lineTypes.join(' or ')}.`);
  }
  const type = (headers['content-type'] ?? '').toLowerCase();
  const encoding = encodingOf(/;\s*charset="?([^";\s]+)/.exec(type)?.[1] ?? 'utf-8');
  const bytes = bytesOf(body, headers['content-encoding'] === 'gzip');
  return {
    format: type.startsWith('text/csv') ? 'csv' : 'ndjson',
    text: decodedText(bytes, encoding),
    settle: async (finish, locationOf) => {
      const settle = settlements.get(body) ?? (async (step) => step());
      return settle(async () => {
        const answer = await finish();
        const reply = http.getResponse<FastifyReply>().header('location', locationOf(answer));
        putETag(reply, answer);
        return answer;
      });
    },
  };
});

/** How the last step of an upload is taken. */
type Settlement = <Answer>(step: () => Promise<Answer>) => Promise<Answer>;

const settlements = new WeakMap<Readable, Settlement>();

/** Lets the last step of what is done with this body be taken by `settlement`. */
export function settleBy(body: Readable, settlement: Settlement): void {
  settlements.set(body, settlement);
}

const digests = new WeakMap<Readable, Hash>();

/** SHA-256 of what comes of the body from now on, whoever reads it; to be finished behind its end. */
export function digestWhileRead(body: Readable): Hash {
  const digest = createHash('sha256');
  digests.set(body, digest);
  return digest;
}

/** Lets the rest of the body go by when nobody wants it any more: cut off, the caller would not get the answer. */
export async function* bytesOf(body: Readable, isGzip = false): AsyncGenerator<Buffer> {
  const digest = digests.get(body);
  const count = (piece: Buffer): void => {
    digest?.update(piece);
  };
  if (isGzip && digest !== undefined) body.on('data', count);
  try {
    if (isGzip) yield* inflated(body);
    else {
      for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        count(piece);
        yield piece;
      }
    }
  } finally {
    body.off('data', count).resume();
  }
}
