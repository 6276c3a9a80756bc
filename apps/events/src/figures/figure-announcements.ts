import { figureReported, type FigureSnapshot } from '@expo-accord/contracts';
import { outgoing, type OutgoingMessage } from '@expo-accord/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { PublicUrls } from '../records/public-urls';
import { type FigureBody } from './figure.dto';
import { FigureEntity } from './figure.entity';

/** What of figures may be told, and when: never before everything they are about is public. */
@Injectable()
export class FigureAnnouncements {
  constructor(private readonly urls: PublicUrls) {}

  /** The figure's message, unless it is about a draft. Notes on the figure that it was told. */
  async tellable(manager: EntityManager, figure: FigureEntity): Promise<OutgoingMessage[]> {
    const drafts = await manager.query<unknown[]>(
      `SELECT 1 FROM event WHERE tenant_id = $1 AND id = ANY($2) AND status = 'draft' LIMIT 1`,
      [figure.tenantId, figure.eventIds],
    );
    if (drafts.length > 0) return [];
    await manager.update(FigureEntity, { id: figure.id }, { announced: true });
    const data = this.snapshot(figure);
    return [outgoing(figureReported, { aggregateId: figure.id, tenantId: figure.tenantId, data })];
  }

  /** Of the figures that waited for this event. */
  async becomingPublic(manager: EntityManager, event: { id: string; tenantId: string }): Promise<OutgoingMessage[]> {
    const waiting = await manager
      .createQueryBuilder(FigureEntity, 'figure')
      .where('figure.tenantId = :tenantId AND NOT figure.announced', { tenantId: event.tenantId })
      .andWhere('figure.eventIds @> ARRAY[:id]::uuid[]', { id: event.id })
      .orderBy('figure.id')
      .setLock('pessimistic_write')
      .getMany();
    const messages: OutgoingMessage[] = [];
    for (const figure of waiting) messages.push(...(await this.tellable(manager, figure)));
    return messages;
  }

  private snapshot(figure: FigureEntity): FigureSnapshot {
    const { subject, quantity, covers, period } = figure.details as unknown as FigureBody;
    const labels = (covers?.items ?? []).map(({ eventId, label }) => label ?? eventId ?? '');
    return {
      occurredOn: period ?? null,
      recordedAt: figure.updatedAt.toISOString(),
      historical: figure.historical,
      synthetic: figure.synthetic,
      visibility: 'public',
      url: this.urls.of('figures', figure.id),
      externalRefs: figure.externalRefs,
      figureId: figure.id,
      subject,
      metric: figure.metric,
      quantity,
      covers: labels.filter((label) => label !== ''),
    };
  }
}
