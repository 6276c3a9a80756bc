import { Type, type Static } from '@sinclair/typebox';
import { Economy, nullable, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const personTopic = defineTopic({
  name: 'events.person',
  owner: 'events',
  aggregate: 'people',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

/**
 * An office-holder: a person in a public role. The name is public record, but what a topic keeps for ever could never be
 * taken back; it is read at `url`. Nobody who merely signed up is ever in here.
 */
export const PersonSnapshot = Type.Object({ ...base, personId: Uuid, economy: nullable(Economy) });
export type PersonSnapshot = Static<typeof PersonSnapshot>;

/** `survivorId` stands for the person from now on, wherever the id was written. */
export const MergedPerson = Type.Object({ ...base, personId: Uuid, survivorId: Uuid });
export type MergedPerson = Static<typeof MergedPerson>;

const personId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a81';

export const personRecorded = defineMessage({
  name: 'person.recorded',
  topic: personTopic,
  description: 'An office-holder was entered, or something of the entry changed. The name is at the url.',
  schema: PersonSnapshot,
  example: { ...exampleBase(`people/${personId}`), personId, economy: 'KR' },
});

export const personMerged = defineMessage({
  name: 'person.merged',
  topic: personTopic,
  description: 'The entry was a duplicate; another stands for the person from now on.',
  schema: MergedPerson,
  example: {
    ...exampleBase(`people/${personId}`),
    personId,
    survivorId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a82',
  },
});

export const personMessages = [personRecorded, personMerged] as const;
