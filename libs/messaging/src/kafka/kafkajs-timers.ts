/* eslint-disable @typescript-eslint/no-require-imports -- the class is internal to kafkajs and has no types */

interface SentRequest {
  readonly sentAt: number;
  readonly requestTimeout: number;
  timeoutRequest(): void;
}

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly inflight: ReadonlyMap<number, SentRequest>;
  readonly requestTimeout: number;
  readonly enforceRequestTimeout: boolean;
  requestTimeoutIntervalId?: NodeJS.Timeout;
  isConnected(): boolean;
  destroy(): void;
  scheduleCheckPendingRequests(this: RequestQueue): void;
  scheduleRequestTimeoutCheck(this: RequestQueue): void;
}

const LOOKS_IN_A_TIMEOUT = 10;

const { prototype } = require('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
// eslint-disable-next-line @typescript-eslint/unbound-method -- called on its object below
const schedule = prototype.scheduleCheckPendingRequests;

/**
 * kafkajs 2.2.4 asks every millisecond, for ever, whether requests wait to be sent, on every connection and even when
 * none does (kafkajs issues 1556 and 1704; the fix in pull request 1667 was never released). Nothing is lost by not
 * asking then: whoever adds a request to `pending` schedules the check again.
 */
prototype.scheduleCheckPendingRequests = function (): void {
  if (this.pending.length > 0) {
    schedule.call(this);
  }
};

/**
 * It looks ten times a second, on every connection, whether a request has taken too long. That one is given up a tenth
 * later than it might be does no harm: whoever needs to know waits for it to be given up.
 */
prototype.scheduleRequestTimeoutCheck = function (): void {
  this.destroy();
  if (!this.enforceRequestTimeout) {
    return;
  }
  this.requestTimeoutIntervalId = setInterval(() => {
    const now = Date.now();
    this.inflight.forEach((request) => {
      if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
    });
    if (!this.isConnected()) this.destroy();
  }, this.requestTimeout / LOOKS_IN_A_TIMEOUT);
};
