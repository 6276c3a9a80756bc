import { Injectable } from '@nestjs/common';
import { eventNotYetKnown, invalidField } from '@expo-accord/http';
import { type EntityManager, In } from 'typeorm';
import { EventCopy } from './event-copy.entity';

export type CopiedEvent = Pick<EventCopy, keyof EventCopy>;

/** What this service knows of events, and what its resources take over from them. */
@Injectable()
export class EventCopies {
  async keep(manager: EntityManager, copies: readonly CopiedEvent[]): Promise<void> {
    if (copies.length > 0) await manager.upsert(EventCopy, [...copies], ['id']);
  }

  async byId(manager: EntityManager, tenantId: string, ids: readonly string[]): Promise<Map<string, EventCopy>> {
    if (ids.length === 0) return new Map();
    const copies = await manager.findBy(EventCopy, { tenantId, id: In([...ids]) });
    return new Map(copies.map((copy) => [copy.id, copy]));
  }

  async bySeries(manager: EntityManager, tenantId: string, seriesId: string): Promise<EventCopy[]> {
    return manager.findBy(EventCopy, { tenantId, seriesId });
  }

  /**
   * Whether what happens at the event is simulated; without an event, what the caller says.
   * Throws if the event is unknown, or if the caller contradicts it.
   */
  async syntheticOf(
    manager: EntityManager,
    tenantId: string,
    facts: { eventId?: string | null; synthetic?: boolean },
  ): Promise<boolean> {
    const { eventId, synthetic } = facts;
    if (eventId === undefined || eventId === null) return synthetic ?? false;
    const event = (await this.byId(manager, tenantId, [eventId])).get(eventId);
    if (!event) throw eventNotYetKnown(eventId, '/eventId');
    if (synthetic !== undefined && synthetic !== event.synthetic) {
      throw invalidField('/synthetic', 'synthetic-contradicts-event', syntheticContradicts(event.synthetic));
    }
    return event.synthetic;
  }
}

export const syntheticContradicts = (synthetic: boolean): string =>
  `The event is ${synthetic ? 'simulated' : 'real'}, and so is everything that happens at it.`;
