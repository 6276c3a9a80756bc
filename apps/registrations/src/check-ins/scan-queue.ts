import { Injectable } from '@nestjs/common';
import { GroupCommit, Transactions } from '@expo-accord/database';
import { Problem, unavailable } from '@expo-accord/http';
import { currentCause } from '@expo-accord/messaging';
import { type Arrival, CheckInRecorder, type Recorded } from './check-in.recorder';
import { type Scan } from './check-in.rules';

interface Queued extends Arrival {
  readonly tenantId: string;
  readonly eventId: string;
}

const MOST_TOGETHER = 250;
const MOST_WAITING = 2_000;

/** Lets single scans at an event that arrive at the same time share a transaction. */
@Injectable()
export class ScanQueue {
  private readonly groups: GroupCommit<Queued, Recorded>;

  constructor(
    transactions: Transactions,
    private readonly recorder: CheckInRecorder,
  ) {
    this.groups = new GroupCommit(transactions, {
      mostTogether: MOST_TOGETHER,
      mostWaiting: MOST_WAITING,
      waitsForThoseAnswered: true,
      whenFull: () =>
        unavailable('check-ins-waiting', 'Too many scans are waiting; send this one again in a moment.', 1),
      commit: (group) => this.commit(group),
    });
  }

  /** @throws Problem 503 when more wait than can be served soon; nothing of the scan is kept then */
  async record(tenantId: string, eventId: string, scan: Scan): Promise<Recorded> {
    return this.groups.add(`${tenantId} ${eventId}`, { tenantId, eventId, scan, causedBy: currentCause() });
  }

  private async commit(group: readonly Queued[]): Promise<readonly (Recorded | Error)[]> {
    const { tenantId, eventId } = group[0] as Queued;
    try {
      return await this.recorder.record(tenantId, eventId, group);
    } catch (error) {
      // What is wrong with the event is so for all of them.
      if (error instanceof Problem) return group.map(() => error);
      throw error;
    }
  }
}
