import { Type, type Static } from '@sinclair/typebox';
import { Code, Instant, LocalizedText, nullable, PartialDate, Uuid } from '@expo-accord/values';
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

/** A dated step of a commitment. */
const Milestone = Type.Object({
  milestoneId: Uuid,
  text: LocalizedText,
  due: nullable(PartialDate),
  assessment: nullable(Code),
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
  // What is below came later; messages that are on the topic already do not have them.
  withdrawn: Type.Optional(Type.Boolean({ description: 'taken back: nothing is due any more' })),
  milestone: Type.Optional(nullable(Milestone)),
});
export type CommitmentSnapshot = Static<typeof CommitmentSnapshot>;

/** What is due is `milestone`, or without one the commitment itself. */
const Overdue = Type.Object({
  ...CommitmentSnapshot.properties,
  /** The first instant at which it is late. */
  dueAt: Instant,
});
const DueSoon = Type.Object({
  ...Overdue.properties,
  leadDays: Type.Integer({ minimum: 1, description: 'the lead time that began; of several at once the shortest' }),
});

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

const due: Static<typeof Overdue> = {
  ...undertaken,
  occurredOn: null,
  milestone: {
    milestoneId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ad0',
    text: { original: 'en', texts: { en: 'Agree on the venue' } },
    due: { edtf: '2016-03' },
    assessment: null,
  },
  dueAt: '2016-03-31T16:00:00.000Z',
};

export const commitmentDueSoon = defineMessage({
  name: 'commitment.due-soon',
  topic: commitmentTopic,
  description: 'It is due in so many days, and was not met. Once for each lead time and due date.',
  schema: DueSoon,
  example: { ...due, leadDays: 30 },
});
export const commitmentOverdue = defineMessage({
  name: 'commitment.overdue',
  topic: commitmentTopic,
  description: 'Its due date has passed, and it was not met. Once for each due date.',
  schema: Overdue,
  example: due,
});

export const commitmentMessages = [
  commitmentUndertaken,
  commitmentAssessed,
  commitmentCorrected,
  commitmentDueSoon,
  commitmentOverdue,
] as const;
