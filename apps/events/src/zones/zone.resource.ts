import { namesToSearch, organizationsIn, reference, referencesIn, type Resource } from '../records/resource';
import { ZoneBody } from './zone.dto';
import { ZoneEntity } from './zone.entity';
import { amountsWithoutCurrency } from './zone.rules';

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
    ...referencesIn('/catalogue/items', catalogue?.items, ({ releasedInSessionId, contact }, at) => [
      ...reference(`${at}/releasedInSessionId`, 'session', releasedInSessionId),
      ...reference(`${at}/contact/organizationId`, 'organization', contact?.organizationId),
      ...reference(`${at}/contact/personId`, 'person', contact?.personId),
    ]),
    ...organizationsIn('/organizations', organizations),
  ],
  contradictions: ({ catalogue }) => amountsWithoutCurrency(catalogue),
  searchTexts: namesToSearch,
};
