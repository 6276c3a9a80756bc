import { type DeliveryStatus } from './delivery.entity';
import { retryDelayMs } from './schedule.rules';

/**
 * What one attempt came to. `retry`: it may work later. `failed`: it never will. `dropped`: there is nobody left to tell.
 * `code` is stable and carries nothing personal; `replyCode` is the HTTP status or the SMTP reply, if one came.
 */
export interface AttemptOutcome {
  result: 'delivered' | 'retry' | 'failed' | 'dropped';
  code: string;
  replyCode: number | null;
}

export interface Verdict {
  status: DeliveryStatus;
  /** Milliseconds from now, null when there is no next attempt. */
  retryInMs: number | null;
  /** Every attempt of the schedule failed. */
  exhausted: boolean;
}

/** @param attemptsMade attempts since the schedule began, this one included */
export function verdictOn(outcome: AttemptOutcome, attemptsMade: number, scale: number): Verdict {
  if (outcome.result !== 'retry') return { status: outcome.result, retryInMs: null, exhausted: false };
  const retryInMs = retryDelayMs(attemptsMade, scale);
  return { status: retryInMs === null ? 'failed' : 'pending', retryInMs, exhausted: retryInMs === null };
}

/** What a person may do with a delivery now, by its status. */
export function actionsOn(status: DeliveryStatus): string[] {
  return status === 'delivered' || status === 'failed' || status === 'pending' ? ['redeliver'] : [];
}

/** k***@e***.org: enough to recognise one's own address, too little to learn a stranger's. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${firstLetter(address)}***@${firstLetter(domain)}***${dot === -1 ? '' : domain.slice(dot)}`;
}

/** A whole one, also beyond the basic plane. */
function firstLetter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2a);
}
