import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { AdmissionService, type Sought } from '../registrations/admission.service';
import { registrationStatuses } from '../registrations/registration';
import { actionsFrom, afterAction } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';

const AT_ONCE = 500;

/**
 * Cancels what was signed up for events that were cancelled, also what slipped in before we had heard of it, some hundred
 * at a time. Who came has come, and history says what it said. Every event that is cancelled is looked at for as long as
 * it is kept, so the kept counts are asked first.
 */
@Injectable()
export class CancelledEvents {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly registrations: RegistrationStore,
    private readonly admissions: AdmissionService,
  ) {}

  /** @returns how many registrations were cancelled; none where there is nothing left to do */
  async next(): Promise<number> {
    return this.transactions.retrying(async (manager) => {
      const due = await this.due(manager);
      return due === null ? 0 : this.cancelSome(manager, due);
    });
  }

  private async due(manager: EntityManager): Promise<Sought | null> {
    const [due] = await manager.query<Sought[]>(
      `SELECT e.id AS "eventId", e.tenant_id AS "tenantId" FROM event_copy e
        WHERE e.status = 'cancelled'
          AND (SELECT sum(t.count) FROM registration_total t WHERE t.event_id = e.id AND t.status = ANY ($1)) > 0
          AND EXISTS (SELECT 1 FROM registration r WHERE r.tenant_id = e.tenant_id AND r.event_id = e.id AND ${isLive('$1')})
        LIMIT 1`,
      [cancellable],
    );
    return due ?? null;
  }

  private async cancelSome(manager: EntityManager, sought: Sought): Promise<number> {
    const { tenantId, eventId } = sought;
    // Whoever signed up while the event still looked open has done so by now, and nobody does any more.
    await this.events.own(manager, eventId);
    const event = await this.events.known(manager, tenantId, eventId);
    if (event.status !== 'cancelled') return 0;
    const existing = await this.registrations.read(
      manager,
      `r.tenant_id = $1 AND r.event_id = $2 AND ${isLive('$3')}`,
      [tenantId, eventId, cancellable],
      `ORDER BY r.id LIMIT ${AT_ONCE} FOR UPDATE OF r`,
    );
    const given = { existing, names: null, onExisting: 'update' } as const;
    const open = await this.admissions.open(manager, event, sought, given);
    for (const before of existing) {
      const after = afterAction('cancel', before, event.now);
      if (after !== null) open.admission.correct(before, after);
    }
    await this.admissions.write(manager, open);
    return existing.length;
  }
}

const cancellable = registrationStatuses.filter((status) => actionsFrom(status).includes('cancel'));

const isLive = (statuses: string): string => `r.status = ANY (${statuses}) AND NOT r.historical`;
