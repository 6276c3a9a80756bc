import { Injectable } from '@nestjs/common';
import { dayIn, instantOf } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { type Agreement } from '../agreements/agreement.entity';
import { EventCopies } from '../events/event-copies.service';
import { Clock } from '../reminders/clock';

/** Days by the clocks where an agreement enters into force: in its rule's zone, or else its event's, or else UTC. */
@Injectable()
export class EntryDays {
  constructor(
    private readonly events: EventCopies,
    private readonly clock: Clock,
  ) {}

  /** YYYY-MM-DD */
  async today(manager: EntityManager, agreement: Agreement): Promise<string> {
    return dayIn(await this.zoneOf(manager, agreement), this.clock.now());
  }

  /** When the day that it waits for begins; null where it waits for none. */
  async beginning(manager: EntityManager, agreement: Agreement): Promise<Date | null> {
    if (agreement.entersOn === null) return null;
    const zone = await this.zoneOf(manager, agreement);
    return new Date(instantOf({ local: `${agreement.entersOn}T00:00`, zone }));
  }

  private async zoneOf(manager: EntityManager, { tenantId, eventId, content }: Agreement): Promise<string> {
    const own = content.entryIntoForce?.zone ?? null;
    if (own !== null || eventId === null) return own ?? 'UTC';
    const events = await this.events.byId(manager, tenantId, [eventId]);
    return events.get(eventId)?.zone ?? 'UTC';
  }
}
