import { Type, type Static } from '@sinclair/typebox';
import { Code, Economy, LocalizedText, nullable, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const organizationTopic = defineTopic({
  name: 'events.organization',
  owner: 'events',
  aggregate: 'organizations',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

export const OrganizationSnapshot = Type.Object({
  ...base,
  organizationId: Uuid,
  names: LocalizedText,
  /** Its other names, those of duplicates that were merged into it among them. */
  aliases: Type.Array(LocalizedText, { description: 'other names of the same' }),
  level: nullable(Code),
  economy: nullable(Economy),
  parentId: nullable(Uuid),
  identifiers: Type.Array(Type.Object({ scheme: Code, value: Type.String({ minLength: 1 }) })),
});
export type OrganizationSnapshot = Static<typeof OrganizationSnapshot>;

/** `survivorId` stands for the organisation from now on, wherever its id was written. */
export const MergedOrganization = Type.Object({
  ...base,
  organizationId: Uuid,
  names: LocalizedText,
  survivorId: Uuid,
});
export type MergedOrganization = Static<typeof MergedOrganization>;

const organizationId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a71';
const names: LocalizedText = { original: 'en', texts: { en: 'Ministry of Trade, Industry and Energy' } };

export const organizationRecorded = defineMessage({
  name: 'organization.recorded',
  topic: organizationTopic,
  description: 'An organisation was entered, or something of it changed.',
  schema: OrganizationSnapshot,
  example: {
    ...exampleBase(`organizations/${organizationId}`),
    organizationId,
    names,
    aliases: [{ original: 'en', texts: { en: 'MOTIE' } }],
    level: 'ministry',
    economy: 'KR',
    parentId: null,
    identifiers: [],
  },
});

export const organizationMerged = defineMessage({
  name: 'organization.merged',
  topic: organizationTopic,
  description: 'The organisation was a duplicate; another stands for it from now on.',
  schema: MergedOrganization,
  example: {
    ...exampleBase(`organizations/${organizationId}`),
    organizationId,
    names,
    survivorId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a72',
  },
});

export const organizationMessages = [organizationRecorded, organizationMerged] as const;
