/* eslint-disable @typescript-eslint/no-require-imports -- the class is internal to kafkajs and has no types */

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(this: RequestQueue): void;
}

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
