import { namesToSearch, reference, type Resource } from '../records/resource';
import { OrganizationBody } from './organization.dto';
import { OrganizationEntity } from './organization.entity';

export const organizationResource: Resource<OrganizationBody, OrganizationEntity> = {
  what: 'organization',
  path: 'organizations',
  entity: OrganizationEntity,
  body: OrganizationBody,
  columns: { level: null, economy: null, parentId: null },
  readOnly: [],
  references: ({ parentId, placeId }) => [
    ...reference('/parentId', 'organization', parentId),
    ...reference('/placeId', 'place', placeId),
  ],
  searchTexts: namesToSearch,
};
