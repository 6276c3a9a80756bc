import { invalid } from '@expo-accord/http';
import { type Problem } from '@expo-accord/values';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { type SeriesBody } from '../series/series.dto';
import { SeriesEntity } from '../series/series.entity';
import { type EventBody } from './event.dto';
import { type EventEntity } from './event.entity';
import { showsToTheWorld } from './event.rules';
import { EventTree } from './event-tree';
import { missingForPublication, type Publishable } from './publication.rules';

type Told = Pick<EventEntity, 'tenantId' | 'historical' | 'parentId' | 'seriesId'> & { details: Publishable };

/** Sees to it that an event says what the public has to know before it becomes public. */
@Injectable()
export class Publication {
  constructor(private readonly tree: EventTree) {}

  /** @throws Problem `publication-incomplete` with all that is missing */
  async assertComplete(manager: EntityManager, event: EventEntity): Promise<void> {
    refuse(await this.missing(manager, event));
  }

  /**
   * What is public may be told otherwise, but no longer be left open. One that was postponed may: nobody knows when.
   * @throws Problem `publication-incomplete` with all that the change would take away
   */
  async assertStaysComplete(manager: EntityManager, event: EventEntity, body: EventBody): Promise<void> {
    if (!showsToTheWorld(event.status)) return;
    const { parentId = null, seriesId = null } = body;
    const before = await this.missing(manager, event);
    const { tenantId, historical } = event;
    const details: Publishable = body;
    const after = await this.missing(manager, { tenantId, historical, parentId, seriesId, details });
    refuse(after.filter(({ pointer }) => !before.some((problem) => problem.pointer === pointer)));
  }

  /** History is entered as it was, however little is known of it. */
  private async missing(manager: EntityManager, event: Told): Promise<Problem[]> {
    if (event.historical) return [];
    const parents = await this.tree.parentsOf(manager, event);
    const seriesId = [event, ...parents].map((one) => one.seriesId).find((id) => id !== null);
    const languages = await this.requiredLanguages(manager, event.tenantId, seriesId);
    const around = parents.map(({ details }) => details);
    return missingForPublication(event.details, around, languages);
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

function refuse(missing: Problem[]): void {
  if (missing.length === 0) return;
  throw invalid(missing, 'publication-incomplete', 'The event lacks what the public has to know of it.');
}
