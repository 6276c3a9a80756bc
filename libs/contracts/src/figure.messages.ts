import { Type, type Static } from '@sinclair/typebox';
import { Code, Quantity, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const figureTopic = defineTopic({
  name: 'events.figure',
  owner: 'events',
  aggregate: 'figures',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

/** What a reported figure is about: a series, one event, or several editions. */
export const FigureSubject = Type.Object({
  seriesId: Type.Optional(Uuid),
  eventId: Type.Optional(Uuid),
  eventIds: Type.Optional(Type.Array(Uuid)),
});
export type FigureSubject = Static<typeof FigureSubject>;

/** A figure that somebody published; never added to what we count ourselves. */
export const FigureSnapshot = Type.Object({
  ...base,
  figureId: Uuid,
  subject: FigureSubject,
  metric: Code,
  quantity: Quantity,
  covers: Type.Array(Type.String({ minLength: 1 }), {
    description: 'the editions that the figure covers, as reported',
  }),
});
export type FigureSnapshot = Static<typeof FigureSnapshot>;

const figureId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a70';

export const figureReported = defineMessage({
  name: 'figure.reported',
  topic: figureTopic,
  description: 'A figure published by somebody was entered, or corrected.',
  schema: FigureSnapshot,
  example: {
    ...exampleBase(`figures/${figureId}`),
    occurredOn: null,
    historical: true,
    figureId,
    subject: { seriesId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6c' },
    metric: 'participants',
    quantity: {
      qualifier: 'moreThan',
      lower: '100000',
      inclusive: false,
      unit: 'person',
      asReported: 'more than 100,000 participants',
    },
    covers: ['five editions since 2019'],
  },
});

export const figureMessages = [figureReported] as const;
