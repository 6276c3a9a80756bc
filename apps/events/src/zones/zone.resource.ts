import { namesToSearch, organizationsIn, reference, referencesIn, type Resource } from '../records/resource';
import { ZoneBody } from './zone.dto';
import { ZoneEntity } from './zone.entity';

export const zoneResource: Resource<ZoneBody, ZoneEntity> = {
  what: 'zone',
  path: 'zones',
  entity: ZoneEntity,
  body: ZoneBody,
  columns: { kind: null, placeId: null },
  readOnly: [],
  references: ({ placeId, strategies, catalogue, organizations }) => [
    ...reference('/placeId', 'place', placeId),
    ...referencesIn('/strategies/items', strategies?.items, ({ ownerOrganizationId }, at) =>
      reference(`${at}/ownerOrganizationId`, 'organization', ownerOrganizationId),
    ),
    ...referencesIn('/catalogue/items', catalogue?.items, ({ releasedInSessionId }, at) =>
      reference(`${at}/releasedInSessionId`, 'session', releasedInSessionId),
    ),
    ...organizationsIn('/organizations', organizations),
  ],
  searchTexts: namesToSearch,
};
