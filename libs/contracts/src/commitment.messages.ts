import { Type, type Static } from '@sinclair/typebox';
import { Code, LocalizedText, nullable, PartialDate, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const commitmentTopic = defineTopic({
  name: 'agreements.commitment',
  owner: 'agreements',
  aggregate: 'commitments',
  partitions: 6,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

/** `modality` is how firmly it was said (`agreed`, `willing`, `will`, `should`...), `assessment` how it turned out (`met`...). */
export const CommitmentSnapshot = Type.Object({
  ...base,
  commitmentId: Uuid,
  agreementId: nullable(Uuid),
  outcomeDocumentId: nullable(Uuid),
  text: LocalizedText,
  modality: Code,
  due: nullable(PartialDate),
  assessment: nullable(Code),
});
export type CommitmentSnapshot = Static<typeof CommitmentSnapshot>;

const commitmentId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ab0';

const undertaken: CommitmentSnapshot = {
  ...exampleBase(`commitments/${commitmentId}`),
  occurredOn: { edtf: '2015?-11-30', inferred: [{ part: 'year', because: 'The next meeting is announced for 2016.' }] },
  commitmentId,
  agreementId: null,
  outcomeDocumentId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ac0',
  text: { original: 'en', texts: { en: 'Hold the second meeting in China in 2016' } },
  modality: 'agreed',
  due: { edtf: '2016', asReported: 'in 2016' },
  assessment: null,
};

const declare = (name: string, description: string, example: CommitmentSnapshot) =>
  defineMessage({
    name: `commitment.${name}`,
    topic: commitmentTopic,
    description,
    schema: CommitmentSnapshot,
    example,
  });

export const commitmentUndertaken = declare('undertaken', 'Parties undertook something.', undertaken);
export const commitmentAssessed = declare('assessed', 'Somebody assessed whether it was met.', {
  ...undertaken,
  assessment: 'met',
});
export const commitmentCorrected = declare('corrected', 'What was entered was wrong and has been put right.', {
  ...undertaken,
  modality: 'willing',
});

export const commitmentMessages = [commitmentUndertaken, commitmentAssessed, commitmentCorrected] as const;
