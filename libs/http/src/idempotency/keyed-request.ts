import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { type CalledRequest } from '../caller';
import { Problem, unparsable } from '../problem';

export const idempotencyKeyHeader = 'idempotency-key';
export const claimsKeyMetadata = 'expo-accord:claims-key';
const acceptableKey = /^[\x21-\x7e]{1,255}$/;

/** What makes a request the same as another, beside its key. */
export interface Fingerprint {
  /** Id of the API key; null where nobody asked for it when the answer was kept. */
  readonly caller: string | null;
  readonly methodPath: string;
  readonly bodyHash: Buffer;
}

export interface KeyedRequest extends Fingerprint {
  readonly tenantId: string;
  readonly key: string;
  readonly caller: string;
}

/** @throws Problem when there is a key that is none */
export function keyedRequest(request: CalledRequest): KeyedRequest | undefined {
  const key = request.headers[idempotencyKeyHeader];
  if (request.method !== 'POST' || key === undefined || request.caller === undefined) return undefined;
  if (typeof key !== 'string' || !acceptableKey.test(key)) {
    throw unparsable('idempotency-key-malformed', 'Idempotency-Key has to be 1 to 255 visible ASCII characters.');
  }
  const { body } = request;
  // Of an upload nothing is known yet: the interceptor has it once it was read.
  const known = body instanceof Readable ? '' : JSON.stringify(body ?? null);
  return {
    tenantId: request.caller.tenantId,
    key,
    caller: request.caller.keyId,
    methodPath: `${request.method} ${request.url}`,
    bodyHash: createHash('sha256').update(known).digest(),
  };
}

export function isSameRequest(known: Fingerprint, request: KeyedRequest): boolean {
  return (
    (known.caller ?? request.caller) === request.caller &&
    known.methodPath === request.methodPath &&
    known.bodyHash.equals(request.bodyHash)
  );
}

export function keyReused(): Problem {
  const detail = 'This Idempotency-Key was used for another request within the last 48 hours.';
  return new Problem('invalid', 'idempotency-key-reused', detail);
}

const KeyedRequestOf = createParamDecorator((_: unknown, context: ExecutionContext): KeyedRequest | undefined =>
  keyedRequest(context.switchToHttp().getRequest<CalledRequest>()),
);

/**
 * The request with its idempotency key, if it has one, for a handler that claims the key itself, in the transaction of a
 * group (see IdempotencyKeys.once): then no transaction is begun for this request alone.
 */
export function KeyToClaim(): ParameterDecorator {
  const readKey = KeyedRequestOf();
  return (target, property, index) => {
    readKey(target, property, index);
    const descriptor = property === undefined ? undefined : Object.getOwnPropertyDescriptor(target, property);
    if (property !== undefined && descriptor !== undefined) {
      SetMetadata(claimsKeyMetadata, true)(target, property, descriptor);
    }
  };
}
