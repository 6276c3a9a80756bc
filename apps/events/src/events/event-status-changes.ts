import { newId, Transactions } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type EventActionBody, type EventStatusChangeAnswer } from './event.dto';
import { type EventEntity } from './event.entity';
import { type EventStatus } from './event.rules';
import { EventStatusChangeEntity } from './event-status-change.entity';

/** The trace that an event's life leaves. */
@Injectable()
export class EventStatusChanges {
  constructor(private readonly transactions: Transactions) {}

  async record(
    manager: EntityManager,
    event: EventEntity,
    action: string,
    previousStatus: EventStatus,
    { reason = null, occurredOn = null }: EventActionBody,
  ): Promise<void> {
    const { id: eventId, tenantId, status } = event;
    const change = { id: newId(), tenantId, eventId, action, previousStatus, status, reason, occurredOn };
    await manager.insert(EventStatusChangeEntity, change);
  }

  async of(tenantId: string, eventId: string): Promise<EventStatusChangeAnswer[]> {
    const where = { tenantId, eventId };
    const rows = await this.transactions.manager.find(EventStatusChangeEntity, { where, order: { id: 'ASC' } });
    return rows.map(({ tenantId: _tenant, eventId: _event, createdAt, ...change }) => ({
      ...change,
      createdAt: createdAt.toISOString(),
    }));
  }
}
