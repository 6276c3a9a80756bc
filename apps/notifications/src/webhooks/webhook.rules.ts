import { type AttemptOutcome } from '../deliveries/delivery.rules';
import { type DisabledReason, type EndpointStatus } from './webhook-endpoint.entity';

/** What a receiver's status means. Redirects are not followed: an address that was not checked could hide behind one. */
export function outcomeOfStatus(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return { result: 'delivered', code: 'ok', replyCode: status };
  if (status === 410) return { result: 'failed', code: 'gone', replyCode: status };
  return { result: 'retry', code: status < 400 ? 'redirect-refused' : 'http-error', replyCode: status };
}

const codeByErrorCode: Record<string, string> = {
  EADDRNOTALLOWED: 'address-not-allowed',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-lost',
  UND_ERR_SOCKET: 'connection-lost',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
};

/** Why no answer came, as a stable code. All of it may pass: the schedule decides how long that is believed. */
export function outcomeOfError(error: unknown): AttemptOutcome {
  const { code, name } = error as { code?: unknown; name?: unknown };
  const known = typeof code === 'string' ? codeByErrorCode[code] : undefined;
  const tls =
    typeof code === 'string' && /TLS|CERT|SSL|SELF_SIGNED|ALTNAME|ISSUER/.test(code) ? 'tls-failed' : undefined;
  const slow = name === 'TimeoutError' ? 'timeout' : undefined;
  return { result: 'retry', code: slow ?? known ?? tls ?? 'connection-failed', replyCode: null };
}

/** Why an endpoint is switched off after an attempt, or null when it stays on. */
export function reasonToDisable(
  outcomeCode: string,
  exhausted: boolean,
  succeededMeanwhile: boolean,
): DisabledReason | null {
  if (outcomeCode === 'gone') return 'gone';
  return exhausted && !succeededMeanwhile ? 'repeatedFailure' : null;
}

/** What a person may do with an endpoint now. */
export function actionsOnEndpoint(status: EndpointStatus): string[] {
  if (status === 'deleted') return [];
  return [status === 'enabled' ? 'disable' : 'enable', 'rotate-secret'];
}
