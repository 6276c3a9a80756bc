import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Cause, Outbox } from '@expo-accord/messaging';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { EventCopyStore } from '../events/event-copy.store';
import { type Registration, type RegistrationChange } from '../registrations/registration';
import { messagesOf } from '../registrations/registration.messages';
import { afterAction } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';
import { type CheckInRow } from './check-in.entity';
import { arrivedWith, type Scan, settle } from './check-in.rules';
import { CheckInStore, rowOf } from './check-in.store';
import { type Statement } from './entry-condition.rules';
import { EntryConditionStore } from './entry-condition.store';

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
    private readonly conditions: EntryConditionStore,
    private readonly outbox: Outbox,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /**
   * @param said of which registration what was said beside the scans
   * @returns one for each arrival, in their order
   */
  async record(
    tenantId: string,
    eventId: string,
    arrivals: readonly Arrival[],
    said?: { readonly registrationId: string; readonly statement: Statement },
  ): Promise<Recorded[]> {
    return this.transactions.retrying(async (manager) => {
      const scans = arrivals.map(({ scan }) => scan);
      const restated = said === undefined ? [] : [said.registrationId];
      const shown = [...new Set([...restated, ...scans.flatMap((scan) => registrationAt(eventId, scan) ?? [])])];
      const scanIds = scans.map(({ scanId }) => scanId);
      // Sent together, and done in this order, as what is written below.
      const [, , { now, entryConditions }, found, known] = await Promise.all([
        this.events.share(manager, eventId),
        this.store.own(manager, eventId),
        this.events.known(manager, tenantId, eventId),
        this.registrations.read(
          manager,
          'r.tenant_id = $1 AND r.event_id = $2 AND r.id = ANY ($3)',
          [tenantId, eventId, shown],
          'ORDER BY r.id FOR UPDATE OF r',
          'registrations shown',
        ),
        this.store.known(manager, eventId, scanIds, shown),
      ]);
      if (said !== undefined) await this.conditions.say(manager, tenantId, said.registrationId, said.statement);
      const registrations = new Map(found.map((registration) => [registration.id, registration]));
      const conditions = entryConditions.map(({ code }) => code);
      const asks = conditions.length > 0 || known.some(({ conditionsAsked }) => conditionsAsked.length > 0);
      const statements = asks ? await this.conditions.statements(manager, [...registrations.keys()]) : new Map();
      const settled = settle({ eventId, registrations, conditions, statements }, known, scans, restated);
      const added = settled.added.map((each) => rowOf(each, { tenantId, eventId }, now));
      const causes = new Map(
        arrivals.map(({ scan, causedBy }) => [registrationAt(eventId, scan) ?? '', causedBy] as const),
      );
      const arrived = this.arrivedBy(registrations, arrivedWith(settled), now);
      await this.transactions.last(
        Promise.all([
          this.store.insert(manager, added),
          this.store.rejudge(manager, eventId, settled.changed, now),
          this.registrations.updateStatus(
            manager,
            arrived.map(({ after }) => after),
          ),
          this.outbox.append(manager, messagesOf(arrived, causes, this.config.PUBLIC_URL)),
        ]),
      );
      const fresh = new Map(added.map((row) => [row.scanId, row]));
      const kept = new Map(known.map((row) => [row.scanId, row]));
      for (const { scanId, outcome, conflict, conditionsUnmet } of settled.changed) {
        Object.assign(kept.get(scanId) as CheckInRow, { outcome, conflict, conditionsUnmet, updatedAt: now });
      }
      const came = new Set(arrived.map(({ after }) => after.id));
      return recordedOf(scans, { fresh, kept, came });
    });
  }

  /** Those who came for the first time. */
  private arrivedBy(
    registrations: ReadonlyMap<string, Registration>,
    arrived: ReadonlySet<string>,
    now: Date,
  ): RegistrationChange[] {
    return [...arrived].flatMap((id) => {
      const before = registrations.get(id) as Registration;
      const after = afterAction('check-in', before, now);
      return after === null ? [] : [{ before, after: { ...after, version: before.version + 1, updatedAt: now } }];
    });
  }
}

/** Undefined for a ticket that is none, or another event's. */
function registrationAt(eventId: string, { presented }: Scan): string | undefined {
  if ('registrationId' in presented) return presented.registrationId;
  return presented.ticket?.eventId === eventId ? presented.ticket.registrationId : undefined;
}

/** @param came the registrations that were checked in now */
function recordedOf(
  scans: readonly Scan[],
  { fresh, kept, came }: Record<'fresh' | 'kept', ReadonlyMap<string, CheckInRow>> & { came: ReadonlySet<string> },
): Recorded[] {
  const seen = new Set(kept.keys());
  return scans.map(({ scanId, contentHash }) => {
    const row = (fresh.get(scanId) ?? kept.get(scanId)) as CheckInRow;
    const repeated = seen.has(scanId);
    seen.add(scanId);
    return { row, repeated, reused: row.contentHash !== contentHash, arrived: came.has(row.registrationId ?? '') };
  });
}
