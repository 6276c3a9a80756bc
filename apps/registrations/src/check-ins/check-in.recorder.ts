import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Cause, Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { EventCopyStore } from '../events/event-copy.store';
import { type Registration } from '../registrations/registration';
import { messagesAbout } from '../registrations/registration.messages';
import { afterAction } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';
import { type CheckInRow } from './check-in.entity';
import { arrivedWith, type Scan, settle } from './check-in.rules';
import { CheckInStore } from './check-in.store';

/** A scan, and the request that brought it where that is not the one that is being answered. */
export interface Arrival {
  readonly scan: Scan;
  readonly causedBy?: Cause | undefined;
}

/** What came of a scan; `row` is what is kept under its id, also where that is another scan. */
export interface Recorded {
  readonly row: CheckInRow;
  readonly repeated: boolean;
  readonly reused: boolean;
  /** Whether the registration has been checked in by what was recorded now. */
  readonly arrived: boolean;
}

/**
 * Records scans of one event, one or five hundred, in one transaction: the scans, what comes of earlier ones, who is now
 * checked in, and the messages. Locks are taken in the order of AdmissionService; the check-ins come after the event.
 */
@Injectable()
export class CheckInRecorder {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly registrations: RegistrationStore,
    private readonly store: CheckInStore,
    private readonly outbox: Outbox,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /** @returns one for each arrival, in their order */
  async record(tenantId: string, eventId: string, arrivals: readonly Arrival[]): Promise<Recorded[]> {
    return this.transactions.retrying(async (manager) => {
      await this.events.share(manager, eventId);
      await this.store.own(manager, eventId);
      const { now } = await this.events.known(manager, tenantId, eventId);
      const scans = arrivals.map(({ scan }) => scan);
      const registrations = await this.shown(manager, tenantId, eventId, scans);
      const scanIds = scans.map(({ scanId }) => scanId);
      const known = await this.store.known(manager, eventId, scanIds, [...registrations.keys()]);
      const settled = settle({ eventId, registrations }, known, scans);
      const added = await this.store.insert(manager, { tenantId, eventId }, settled.added, now);
      await this.store.rejudge(manager, eventId, settled.changed, now);
      const arrived = await this.checkIn(manager, registrations, arrivedWith(settled), arrivals, now);
      const fresh = new Map(added.map((row) => [row.scanId, row]));
      const kept = new Map(known.map((row) => [row.scanId, row]));
      for (const { scanId, outcome, conflict } of settled.changed) {
        Object.assign(kept.get(scanId) as CheckInRow, { outcome, conflict, updatedAt: now });
      }
      const seen = new Set(kept.keys());
      return scans.map(({ scanId, contentHash }) => {
        const row = (fresh.get(scanId) ?? kept.get(scanId)) as CheckInRow;
        const repeated = seen.has(scanId);
        seen.add(scanId);
        return {
          row,
          repeated,
          reused: row.contentHash !== contentHash,
          arrived: arrived.has(row.registrationId ?? ''),
        };
      });
    });
  }

  private async shown(
    manager: EntityManager,
    tenantId: string,
    eventId: string,
    scans: readonly Scan[],
  ): Promise<Map<string, Registration>> {
    const ids = scans.flatMap(({ presented }) => {
      if ('registrationId' in presented) return [presented.registrationId];
      return presented.ticket?.eventId === eventId ? [presented.ticket.registrationId] : [];
    });
    const found = await this.registrations.read(
      manager,
      'r.tenant_id = $1 AND r.event_id = $2 AND r.id = ANY ($3)',
      [tenantId, eventId, [...new Set(ids)]],
      'ORDER BY r.id FOR UPDATE OF r',
    );
    return new Map(found.map((registration) => [registration.id, registration]));
  }

  /** Those who came for the first time. */
  private async checkIn(
    manager: EntityManager,
    registrations: ReadonlyMap<string, Registration>,
    arrived: ReadonlySet<string>,
    arrivals: readonly Arrival[],
    now: Date,
  ): Promise<Set<string>> {
    const causes = new Map(arrivals.map(({ scan, causedBy }) => [registrationIn(scan), causedBy]));
    const changes = [...arrived].flatMap((id) => {
      const before = registrations.get(id) as Registration;
      const after = afterAction('check-in', before, now);
      return after === null ? [] : [{ before, after: { ...after, version: before.version + 1, updatedAt: now } }];
    });
    await this.registrations.updateStatus(
      manager,
      changes.map(({ after }) => after),
    );
    const messages = changes.flatMap((change) =>
      messagesAbout(change, this.config.PUBLIC_URL).map((message) => {
        const causedBy = causes.get(change.after.id);
        return causedBy === undefined ? message : { ...message, causedBy };
      }),
    );
    await this.outbox.append(manager, messages);
    return new Set(changes.map(({ after }) => after.id));
  }
}

function registrationIn({ presented }: Scan): string | undefined {
  return 'registrationId' in presented ? presented.registrationId : presented.ticket?.registrationId;
}
