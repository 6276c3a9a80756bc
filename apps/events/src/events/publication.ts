import { invalid } from '@expo-accord/http';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type SeriesBody } from '../series/series.dto';
import { SeriesEntity } from '../series/series.entity';
import { type EventEntity } from './event.entity';
import { EventTree } from './event-tree';
import { missingForPublication } from './publication.rules';

/** Sees to it that an event says what the public has to know before it becomes public. */
@Injectable()
export class Publication {
  constructor(private readonly tree: EventTree) {}

  /**
   * History is entered as it was, however little is known of it.
   * @throws Problem `publication-incomplete` with all that is missing
   */
  async assertComplete(manager: EntityManager, event: EventEntity): Promise<void> {
    if (event.historical) return;
    const parents = await this.tree.parentsOf(manager, event);
    const seriesId = [event, ...parents].map((one) => one.seriesId).find((id) => id !== null);
    const languages = await this.requiredLanguages(manager, event.tenantId, seriesId);
    const missing = missingForPublication(
      event.details,
      parents.map(({ details }) => details),
      languages,
    );
    if (missing.length > 0) {
      throw invalid(missing, 'publication-incomplete', 'The event lacks what it has to say before it is public.');
    }
  }

  private async requiredLanguages(
    manager: EntityManager,
    tenantId: string,
    id: string | null | undefined,
  ): Promise<string[]> {
    if (!id) return [];
    const series = await manager.findOneByOrFail(SeriesEntity, { id, tenantId });
    return (series.details as Partial<SeriesBody>).requiredLanguages ?? [];
  }
}
