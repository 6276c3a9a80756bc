import { organizationMerged, organizationRecorded } from '@expo-accord/contracts';
import { outgoing } from '@expo-accord/messaging';
import { type MasterResource } from '../master-data/master-resource';
import { absorbedAliases, joined } from '../master-data/merge.rules';
import { sortNameOf } from '../master-data/sort-name';
import { namesToSearch, reference } from '../records/resource';
import { OrganizationBody } from './organization.dto';
import { OrganizationEntity } from './organization.entity';
import { impossibleIdentifiers } from './organization.rules';

export const organizationResource: MasterResource<OrganizationBody, OrganizationEntity> = {
  what: 'organization',
  path: 'organizations',
  entity: OrganizationEntity,
  body: OrganizationBody,
  columns: { level: null, economy: null, parentId: null },
  readOnly: ['mergedIntoId'],
  references: ({ parentId, placeId }) => [
    ...reference('/parentId', 'organization', parentId),
    ...reference('/placeId', 'place', placeId),
  ],
  contradictions: ({ identifiers }) => impossibleIdentifiers(identifiers),
  derived: ({ names }) => ({ sortName: sortNameOf(names) }),
  searchTexts: namesToSearch,
  recorded: ({ id, tenantId, level, economy, parentId, details }, base) => {
    const { names, aliases, identifiers = [] } = details as unknown as OrganizationBody;
    const data = {
      ...base,
      organizationId: id,
      names,
      aliases: (aliases ?? []).map((alias) => alias.names),
      level,
      economy,
      parentId,
      identifiers,
    };
    return outgoing(organizationRecorded, { aggregateId: id, tenantId, data });
  },
  merged: ({ id, tenantId, details }, survivorId, base) => {
    const { names } = details as unknown as OrganizationBody;
    const data = { ...base, organizationId: id, names, survivorId };
    return outgoing(organizationMerged, { aggregateId: id, tenantId, data });
  },
  absorbed: (survivor, duplicate) => ({
    aliases: absorbedAliases(survivor, duplicate),
    identifiers: joined(survivor.identifiers, duplicate.identifiers),
  }),
};
