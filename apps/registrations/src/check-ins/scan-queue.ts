import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { unavailable } from '@expo-accord/http';
import { currentCause } from '@expo-accord/messaging';
import { type Arrival, CheckInRecorder, type Recorded } from './check-in.recorder';
import { type Scan } from './check-in.rules';

interface Waiting {
  readonly arrival: Arrival;
  readonly resolve: (recorded: Recorded) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_TOGETHER = 250;
const MOST_WAITING = 2_000;

/**
 * Lets single scans that arrive at the same time share a transaction: those that come while one commits go together into
 * the next. A scan that comes alone waits for nobody, and each gets its own answer.
 */
@Injectable()
export class ScanQueue {
  /** By event; there while a transaction of it is under way. */
  private readonly events = new Map<string, Waiting[]>();
  private waiting = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly recorder: CheckInRecorder,
  ) {}

  /** @throws Problem 503 when more wait than can be served soon; nothing of the scan is kept then */
  async record(tenantId: string, eventId: string, scan: Scan): Promise<Recorded> {
    // Its idempotency key has to commit with it, and with nobody else's.
    if (this.transactions.isOpen) return alone(this.recorder, tenantId, eventId, { scan });
    if (this.waiting >= MOST_WAITING) {
      throw unavailable('check-ins-waiting', 'Too many scans are waiting; send this one again in a moment.', 1);
    }
    return new Promise((resolve, reject) => {
      this.waiting += 1;
      // A transaction belongs to whoever began it; the messages of the others in it have to name their own request.
      const one: Waiting = { arrival: { scan, causedBy: currentCause() }, resolve, reject };
      const queue = this.events.get(`${tenantId} ${eventId}`);
      if (queue === undefined) void this.serve(tenantId, eventId, one);
      else queue.push(one);
    });
  }

  private async serve(tenantId: string, eventId: string, first: Waiting): Promise<void> {
    const key = `${tenantId} ${eventId}`;
    const queue = [first];
    this.events.set(key, queue);
    while (queue.length > 0) {
      const group = queue.splice(0, MOST_TOGETHER);
      await this.commit(tenantId, eventId, group);
      this.waiting -= group.length;
    }
    this.events.delete(key);
  }

  private async commit(tenantId: string, eventId: string, group: readonly Waiting[]): Promise<void> {
    try {
      const recorded = await this.recorder.record(
        tenantId,
        eventId,
        group.map(({ arrival }) => arrival),
      );
      for (const [index, { resolve }] of group.entries()) resolve(recorded[index] as Recorded);
    } catch {
      // Whatever it was, only those whose own scan fails are told of it.
      for (const { arrival, resolve, reject } of group) {
        await alone(this.recorder, tenantId, eventId, arrival).then(resolve, reject);
      }
    }
  }
}

async function alone(
  recorder: CheckInRecorder,
  tenantId: string,
  eventId: string,
  arrival: Arrival,
): Promise<Recorded> {
  const [recorded] = await recorder.record(tenantId, eventId, [arrival]);
  return recorded as Recorded;
}
