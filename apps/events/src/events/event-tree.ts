import { conflict, invalidField } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ancestorIds } from '../records/hierarchy';
import { SeriesEntity } from '../series/series.entity';
import { type EventBody } from './event.dto';
import { EventEntity } from './event.entity';
import { type EventStatus, statusesThatCancelFromAbove } from './event.rules';

/** What an event hangs on, and what hangs on it. */
@Injectable()
export class EventTree {
  async statusOf(manager: EntityManager, tenantId: string, id?: string | null): Promise<EventStatus | undefined> {
    if (id === null || id === undefined) return undefined;
    return (await manager.findOneBy(EventEntity, { id, tenantId }))?.status;
  }

  /** Simulated and real events are never mixed: an event is what its series, or else its parent, is. */
  async syntheticOf(
    manager: EntityManager,
    tenantId: string,
    { seriesId, parentId, synthetic }: Pick<EventBody, 'seriesId' | 'parentId' | 'synthetic'>,
  ): Promise<boolean> {
    const series = seriesId ? await manager.findOneBy(SeriesEntity, { id: seriesId, tenantId }) : null;
    const parent = parentId ? await manager.findOneBy(EventEntity, { id: parentId, tenantId }) : null;
    const around = [series, parent].filter((record) => record !== null).map((record) => record.synthetic);
    const expected = around[0] ?? synthetic ?? false;
    if ([...around, synthetic ?? expected].some((value) => value !== expected)) {
      throw invalidField('/synthetic', 'synthetic-mixed', 'An event is as real or simulated as its series and parent.');
    }
    return expected;
  }

  /** The events that this one is part of, nearest first. */
  async parentsOf(
    manager: EntityManager,
    { tenantId, parentId }: Pick<EventEntity, 'tenantId' | 'parentId'>,
  ): Promise<EventEntity[]> {
    const ids = await ancestorIds(manager, 'event', tenantId, parentId);
    const parents = await manager.findBy(EventEntity, { id: In(ids), tenantId });
    return parents.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }

  /**
   * Those parts of a cancelled event that would otherwise go on without it, locked. History stays as it was, and a draft
   * is known to nobody.
   */
  async partsToCancel(manager: EntityManager, { id, tenantId, historical }: EventEntity): Promise<EventEntity[]> {
    if (historical) return [];
    return manager.find(EventEntity, {
      where: { tenantId, parentId: id, historical: false, status: In(statusesThatCancelFromAbove) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
  }

  /** @throws Problem `parent-is-cancelled` */
  async refuseUnderCancelled(
    manager: EntityManager,
    { tenantId, parentId, historical }: Pick<EventEntity, 'tenantId' | 'parentId' | 'historical'>,
  ): Promise<void> {
    if (historical || (await this.statusOf(manager, tenantId, parentId)) !== 'cancelled') return;
    const detail = 'The parent event was cancelled; give this one another parent, or none, to hold it all the same.';
    throw conflict('parent-is-cancelled', detail, { parentId });
  }

  async sessionIdsOf(manager: EntityManager, { id }: EventEntity): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>('SELECT id FROM session WHERE event_id = $1 ORDER BY id', [id]);
    return rows.map((row) => row.id);
  }

  /** @throws Problem `event-in-use` for sub-events and figures, which would lose what they are about */
  async refuseWithDependents(manager: EntityManager, { id, tenantId }: EventEntity): Promise<void> {
    const [used] = await manager.query<{ by: string }[]>(
      `SELECT 'a sub-event' AS by FROM event WHERE parent_id = $1
       UNION ALL SELECT 'a figure' FROM figure WHERE tenant_id = $2 AND event_ids @> ARRAY[$1]::uuid[] LIMIT 1`,
      [id, tenantId],
    );
    if (used !== undefined) throw conflict('event-in-use', `The draft is still referred to by ${used.by}.`);
  }
}
