import { type IncomingHttpHeaders } from 'node:http';

/** Between two neighbours only (RFC 9110 7.6.1), or the gateway's own business: keys and callers. */
const notForwarded = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'authorization',
  'x-api-key',
  'x-caller-token',
  // What a caller says of its own way here proves nothing to a service.
  'forwarded',
  'x-real-ip',
]);
const wayHere = 'x-forwarded-';

/** What a service is sent: the caller's headers without those, with what the gateway knows of the caller. */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  known: { 'x-caller-token'?: string; 'x-request-id': string; traceparent?: string },
): IncomingHttpHeaders {
  const ofConnection = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  const kept = Object.entries(headers).filter(
    ([name]) => !notForwarded.has(name) && !ofConnection.has(name) && !name.startsWith(wayHere),
  );
  return { ...Object.fromEntries(kept), ...known };
}

const notReturned = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export function returnedHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !notReturned.has(name)));
}
