import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { eventResource } from '../events/event.resource';
import { figureResource } from '../figures/figure.resource';
import { organizationResource } from '../organizations/organization.resource';
import { participationResource } from '../participations/participation.resource';
import { personResource } from '../people/person.resource';
import { placeRelationshipResource, placeResource } from '../places/place.resource';
import { type RecordBody } from '../records/record.dto';
import { type RecordEntity } from '../records/record.entity';
import { bodyOf, columnsOf } from '../records/record.mapping';
import { Records } from '../records/record.service';
import { type ChildResource, type Resource } from '../records/resource';
import { seriesResource } from '../series/series.resource';
import { sessionResource } from '../sessions/session.resource';
import { statementResource } from '../statements/statement.resource';
import { zoneResource } from '../zones/zone.resource';
import { MasterRecords } from './master-records.service';
import { type MasterEntity } from './master.entity';
import { type MasterResource } from './master-resource';
import { withValueAt } from './merge.rules';

interface Move {
  tenantId: string;
  what: MasterResource<RecordBody, MasterEntity>['what'];
  from: string;
  to: string;
}

/** Everything of this service that leads to an organisation, a person or a place. */
@Injectable()
export class References {
  constructor(
    private readonly records: Records,
    private readonly masters: MasterRecords,
  ) {}

  /** Lets all that led to the one lead to the other. In the order in which others lock, events before figures. */
  async move(manager: EntityManager, move: Move): Promise<void> {
    await this.moveIn(manager, move, seriesResource);
    await this.moveIn(manager, move, eventResource);
    await this.moveIn(manager, move, sessionResource);
    await this.moveIn(manager, move, participationResource);
    await this.moveIn(manager, move, statementResource);
    await this.moveIn(manager, move, figureResource);
    await this.moveIn(manager, move, zoneResource);
    await this.moveIn(manager, move, placeRelationshipResource);
    for (const row of await this.moveIn(manager, move, organizationResource)) {
      await this.masters.tellRecorded(manager, organizationResource, row);
    }
    for (const row of await this.moveIn(manager, move, personResource)) {
      await this.masters.tellRecorded(manager, personResource, row);
    }
    for (const row of await this.moveIn(manager, move, placeResource)) {
      await this.masters.tellRecorded(manager, placeResource, row);
    }
  }

  /** @returns what was changed, as it is now */
  private async moveIn<B extends RecordBody, E extends RecordEntity>(
    manager: EntityManager,
    move: Move,
    resource: Resource<B, E> | ChildResource<B, E>,
  ): Promise<E[]> {
    // Where in the row the id stands is for the resource to say; that it stands somewhere, PostgreSQL finds out.
    const candidates = await manager
      .createQueryBuilder(resource.entity, 'record')
      .where('record.tenantId = :tenantId AND record.id <> :from', move)
      .andWhere('to_jsonb(record)::text LIKE :mention', { mention: `%${move.from}%` })
      .orderBy('record.id')
      .setLock('for_no_key_update')
      .getMany();
    const moved: E[] = [];
    for (const row of candidates) {
      const values = movedColumns(resource, row, move);
      if (values !== undefined) moved.push(await this.records.write(manager, resource, row, values));
    }
    return moved;
  }
}

function movedColumns<B extends RecordBody, E extends RecordEntity>(
  resource: Resource<B, E> | ChildResource<B, E>,
  row: E,
  { what, from, to }: Move,
): Partial<RecordEntity> | undefined {
  const body = bodyOf(resource, row);
  const pointers = resource
    .references(body)
    .filter(({ table, id }) => table === what && id.toLowerCase() === from)
    .map(({ pointer }) => pointer);
  const isBelow = 'parent' in resource && resource.parent.table === what && row[resource.parent.column] === from;
  if (pointers.length === 0 && !isBelow) return undefined;
  const next = pointers.reduce((changed, pointer) => withValueAt(changed, pointer, to), body);
  return { ...columnsOf(resource, next), ...(isBelow && { [resource.parent.column]: to }) };
}
