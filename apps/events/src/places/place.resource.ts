import { placeMerged, placeRecorded } from '@expo-accord/contracts';
import { outgoing } from '@expo-accord/messaging';
import { type MasterResource } from '../master-data/master-resource';
import { absorbedAliases } from '../master-data/merge.rules';
import { sortNameOf } from '../master-data/sort-name';
import { type ChildResource, namesToSearch, reference, referencesIn } from '../records/resource';
import { PlaceBody, PlaceRelationshipBody } from './place.dto';
import { PlaceEntity } from './place.entity';
import { PlaceRelationshipEntity } from './place-relationship.entity';

export const placeResource: MasterResource<PlaceBody, PlaceEntity> = {
  what: 'place',
  path: 'places',
  entity: PlaceEntity,
  body: PlaceBody,
  columns: { kind: null, economy: null, parentId: null },
  readOnly: ['mergedIntoId'],
  references: ({ parentId }) => reference('/parentId', 'place', parentId),
  derived: ({ names }) => ({ sortName: sortNameOf(names) }),
  searchTexts: namesToSearch,
  recorded: ({ id, tenantId, kind, economy, parentId, details }, base) => {
    const { names, aliases } = details as unknown as PlaceBody;
    const others = (aliases ?? []).map((alias) => alias.names);
    const data = { ...base, placeId: id, names, aliases: others, kind, economy, parentId };
    return outgoing(placeRecorded, { aggregateId: id, tenantId, data });
  },
  merged: ({ id, tenantId, details }, survivorId, base) => {
    const { names } = details as unknown as PlaceBody;
    return outgoing(placeMerged, { aggregateId: id, tenantId, data: { ...base, placeId: id, names, survivorId } });
  },
  absorbed: (survivor, duplicate) => ({ aliases: absorbedAliases(survivor, duplicate) }),
};

export const placeRelationshipResource: ChildResource<PlaceRelationshipBody, PlaceRelationshipEntity> = {
  what: 'place relationship',
  path: 'place-relationships',
  entity: PlaceRelationshipEntity,
  body: PlaceRelationshipBody,
  columns: { kind: null },
  parent: { table: 'place', what: 'place', column: 'placeId' },
  readOnly: ['placeId'],
  references: ({ partners }) =>
    referencesIn('/partners/items', partners.items, ({ placeId }, at) => reference(`${at}/placeId`, 'place', placeId)),
  searchTexts: ({ partners }) => partners.items.flatMap(({ name }) => Object.values(name?.texts ?? {})),
};
