import { Type, type Static } from '@sinclair/typebox';
import { LocalizedText, nullable, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const outcomeDocumentTopic = defineTopic({
  name: 'agreements.outcome-document',
  owner: 'agreements',
  aggregate: 'outcome-documents',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

export const OutcomeDocumentSnapshot = Type.Object({
  ...base,
  outcomeDocumentId: Uuid,
  eventId: nullable(Uuid),
  titles: LocalizedText,
});
export type OutcomeDocumentSnapshot = Static<typeof OutcomeDocumentSnapshot>;

const outcomeDocumentId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ac0';

const recorded: OutcomeDocumentSnapshot = {
  ...exampleBase(`outcome-documents/${outcomeDocumentId}`),
  outcomeDocumentId,
  eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  titles: {
    original: 'en',
    texts: { en: 'Results of the 24th meeting of the China-Korea Joint Economic and Trade Committee' },
  },
};

const declare = (name: string, description: string, example: OutcomeDocumentSnapshot) =>
  defineMessage({
    name: `outcome-document.${name}`,
    topic: outcomeDocumentTopic,
    description,
    schema: OutcomeDocumentSnapshot,
    example,
  });

export const outcomeDocumentRecorded = declare('recorded', 'What a meeting came to was entered.', recorded);
export const outcomeDocumentCorrected = declare('corrected', 'What was entered was wrong and has been put right.', {
  ...recorded,
  eventId: null,
});

export const outcomeDocumentMessages = [outcomeDocumentRecorded, outcomeDocumentCorrected] as const;
