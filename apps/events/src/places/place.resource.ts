import { type ChildResource, namesToSearch, reference, referencesIn, type Resource } from '../records/resource';
import { PlaceBody, PlaceRelationshipBody } from './place.dto';
import { PlaceEntity } from './place.entity';
import { PlaceRelationshipEntity } from './place-relationship.entity';

export const placeResource: Resource<PlaceBody, PlaceEntity> = {
  what: 'place',
  path: 'places',
  entity: PlaceEntity,
  body: PlaceBody,
  columns: { kind: null, economy: null, parentId: null },
  readOnly: [],
  references: ({ parentId }) => reference('/parentId', 'place', parentId),
  searchTexts: namesToSearch,
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
