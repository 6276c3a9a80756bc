import { Type, type Static } from '@sinclair/typebox';
import { Code, LocalizedText, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const seriesTopic = defineTopic({
  name: 'events.series',
  owner: 'events',
  aggregate: 'series',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

export const SeriesSnapshot = Type.Object({
  ...base,
  seriesId: Uuid,
  names: LocalizedText,
  kind: Code,
  mechanism: Type.Boolean({ description: 'a series of intergovernmental meetings' }),
});
export type SeriesSnapshot = Static<typeof SeriesSnapshot>;

const seriesId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6c';

export const seriesRecorded = defineMessage({
  name: 'series.recorded',
  topic: seriesTopic,
  description: 'A series was entered, or something of it changed.',
  schema: SeriesSnapshot,
  example: {
    ...exampleBase(`series/${seriesId}`),
    seriesId,
    names: { original: 'en', texts: { en: 'China-South Korea Trade and Investment Expo', zh: '中韩贸易投资博览会' } },
    kind: 'exposition',
    mechanism: false,
  },
});

export const seriesMessages = [seriesRecorded] as const;
