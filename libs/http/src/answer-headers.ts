import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { Problem } from './problem';

const createdMetadata = 'expo-accord:created';

/**
 * Answers 201 with `Location: /v1/<path>/<id of the answer>`, or with the id where the path says `:id`. A dry run has made
 * nothing to be found anywhere.
 */
export function Created(path: string): MethodDecorator {
  return applyDecorators(HttpCode(201), SetMetadata(createdMetadata, path));
}

/** Puts `Location` on what was created and `ETag` on every single item that has a `version`. */
@Injectable()
export class AnswerHeadersInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const { query } = http.getRequest<FastifyRequest<{ Querystring: { dryRun?: string } }>>();
    const path = this.reflector.get<string | undefined>(createdMetadata, context.getHandler());
    return next.handle().pipe(
      tap((answer: unknown) => {
        if (typeof answer !== 'object' || answer === null) return;
        putETag(reply, answer);
        if (path === undefined || !('id' in answer) || query.dryRun === 'true') return;
        const place = path.includes(':id') ? path : `${path}/:id`;
        reply.header('location', `/v1/${place.replace(':id', String(answer.id))}`);
      }),
    );
  }
}

export function putETag(reply: FastifyReply, answer: object): void {
  if ('version' in answer && typeof answer.version === 'number') reply.header('etag', `"${answer.version}"`);
}

/** The version that the caller has seen, from `If-Match: "<version>"`; 428 without it, 412 when it is no version. */
const IfMatchVersion = createParamDecorator((_: unknown, context: ExecutionContext): number => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header === undefined) {
    throw new Problem('preconditionRequired', 'if-match-missing', 'Send If-Match with the ETag of what you change.');
  }
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (version === undefined) {
    throw new Problem('preconditionFailed', 'if-match-unknown', 'If-Match is not an ETag of this resource.');
  }
  return Number(version);
});

export function IfMatch(): ParameterDecorator {
  const readVersion = IfMatchVersion();
  return (target, property, index) => {
    readVersion(target, property, index);
    const descriptor = property === undefined ? undefined : Object.getOwnPropertyDescriptor(target, property);
    if (property === undefined || descriptor === undefined) return;
    ApiHeader({ name: 'If-Match', required: true, description: 'ETag of the version that is changed' })(
      target,
      property,
      descriptor,
    );
  };
}

/** Refuses a change that was made against another version than the current one. */
export function assertVersion(current: number, expected: number): void {
  if (current !== expected) {
    throw new Problem('preconditionFailed', 'version-stale', `The current version is ${current}, not ${expected}.`, {
      extra: { version: current },
      headers: { etag: `"${current}"` },
    });
  }
}
