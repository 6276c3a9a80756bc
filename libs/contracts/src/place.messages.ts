import { Type, type Static } from '@sinclair/typebox';
import { Code, Economy, LocalizedText, nullable, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const placeTopic = defineTopic({
  name: 'events.place',
  owner: 'events',
  aggregate: 'places',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

export const PlaceSnapshot = Type.Object({
  ...base,
  placeId: Uuid,
  names: LocalizedText,
  aliases: Type.Array(LocalizedText, { description: 'other names of the same' }),
  kind: Code,
  economy: nullable(Economy),
  parentId: nullable(Uuid),
});
export type PlaceSnapshot = Static<typeof PlaceSnapshot>;

/** `survivorId` stands for the place from now on, wherever its id was written. */
export const MergedPlace = Type.Object({ ...base, placeId: Uuid, names: LocalizedText, survivorId: Uuid });
export type MergedPlace = Static<typeof MergedPlace>;

const placeId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a91';
const names: LocalizedText = { original: 'en', texts: { en: 'Yancheng', zh: '盐城' } };

export const placeRecorded = defineMessage({
  name: 'place.recorded',
  topic: placeTopic,
  description: 'A place was entered, or something of it changed.',
  schema: PlaceSnapshot,
  example: {
    ...exampleBase(`places/${placeId}`),
    placeId,
    names,
    aliases: [],
    kind: 'city',
    economy: 'CN',
    parentId: null,
  },
});

export const placeMerged = defineMessage({
  name: 'place.merged',
  topic: placeTopic,
  description: 'The place was a duplicate; another stands for it from now on.',
  schema: MergedPlace,
  example: {
    ...exampleBase(`places/${placeId}`),
    placeId,
    names,
    survivorId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a92',
  },
});

export const placeMessages = [placeRecorded, placeMerged] as const;
