import { Problem, unavailable } from '@expo-accord/http';
import { type Upstream } from '../routing/routes';

const retryAfterSeconds = 2;

/** The service was not reached at all, so the request had no effect. */
const notReached = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const tooSlow = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * What a caller is told when a service could not answer. After 502 and 504 nobody knows whether the request had its
 * effect: sent again with the same Idempotency-Key, it has it once.
 */
export function upstreamProblem(error: unknown, upstream: Upstream): Problem {
  const codes = codesOf(error);
  if (codes.some((code) => notReached.has(code))) {
    return unavailable(
      'service-unavailable',
      `The ${upstream} service cannot be reached; try again.`,
      retryAfterSeconds,
    );
  }
  const headers = { 'retry-after': String(retryAfterSeconds) };
  const extra = { service: upstream };
  if (codes.some((code) => tooSlow.has(code))) {
    const detail = `The ${upstream} service did not answer in time.`;
    return new Problem('gatewayTimeout', 'service-too-slow', detail, { headers, extra, cause: error });
  }
  const detail = `The connection to the ${upstream} service broke before it answered.`;
  return new Problem('badGateway', 'service-broken-off', detail, { headers, extra, cause: error });
}

/** Codes of the error and of what it was caused by; a host name with several addresses fails with several errors. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const parts: unknown[] = Array.isArray(errors) ? errors : [];
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(cause), ...parts.flatMap(codesOf)];
}
