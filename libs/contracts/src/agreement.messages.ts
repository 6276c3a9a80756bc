import { Type, type Static } from '@sinclair/typebox';
import { Code, Economy, LocalizedText, nullable, PartialDate, Quantity, Uuid } from '@expo-accord/values';
import { base, changes, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const agreementTopic = defineTopic({
  name: 'agreements.agreement',
  owner: 'agreements',
  aggregate: 'agreements',
  partitions: 6,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

/** A party by its organisation, its name as written, or its economy: whichever is known. */
export const AgreementParty = Type.Object({
  organizationId: nullable(Uuid),
  name: nullable(LocalizedText),
  economy: nullable(Economy),
  role: Code,
});
export type AgreementParty = Static<typeof AgreementParty>;

/** Statuses are codes here (`agreed`, `signed`, `inForce`...), so that later steps of life need no new version. */
export const AgreementSnapshot = Type.Object({
  ...base,
  agreementId: Uuid,
  type: Code,
  status: Code,
  previousStatus: nullable(Code),
  titles: LocalizedText,
  eventId: nullable(Uuid),
  signedOn: nullable(PartialDate),
  parties: Type.Array(AgreementParty),
  amounts: Type.Array(Quantity),
  promotes: nullable(Type.String({ minLength: 1 })),
  ...changes,
});
export type AgreementSnapshot = Static<typeof AgreementSnapshot>;

const agreementId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a90';

const signed: AgreementSnapshot = {
  ...exampleBase(`agreements/${agreementId}`),
  agreementId,
  type: 'mou',
  status: 'signed',
  previousStatus: 'agreed',
  titles: { original: 'en', texts: { en: 'Memorandum on economic and trade cooperation between Jilin and Hong Kong' } },
  eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  signedOn: { edtf: '../2020-09-03', asReported: 'Before the conference' },
  parties: [
    {
      organizationId: null,
      name: { original: 'en', texts: { en: 'Jilin Provincial Department of Commerce' } },
      economy: 'CN',
      role: 'signatory',
    },
    {
      organizationId: null,
      name: { original: 'en', texts: { en: 'Hong Kong Trade Development Council' } },
      economy: 'HK',
      role: 'signatory',
    },
  ],
  amounts: [],
  promotes: null,
  version: 4,
  changed: ['/signedOn', '/status'],
};

const declare = (name: string, description: string, example: AgreementSnapshot) =>
  defineMessage({ name: `agreement.${name}`, topic: agreementTopic, description, schema: AgreementSnapshot, example });

export const agreementAgreed = declare('agreed', 'The parties agreed on the text; nothing travels before this.', {
  ...signed,
  status: 'agreed',
  previousStatus: 'negotiating',
  signedOn: null,
});
export const agreementSigned = declare('signed', 'The parties signed.', signed);
export const agreementRecorded = declare(
  'recorded',
  'An agreement of the past was entered, or one became public, in any status.',
  {
    ...signed,
    historical: true,
    previousStatus: null,
    version: 1,
    changed: [],
  },
);
export const agreementCorrected = declare('corrected', 'What was entered was wrong and has been put right.', {
  ...signed,
  previousStatus: null,
  version: 5,
  changed: ['/parties/items/1/name/texts/en'],
});

export const agreementProgressed = declare(
  'progressed',
  'A later step of its life: awaiting entry, in force, suspended, expired, terminated, abandoned after it was agreed...',
  { ...signed, status: 'inForce', previousStatus: 'signed' },
);

/** No more than what tells whose copy has to go. */
export const AgreementWithheld = Type.Object({ ...base, agreementId: Uuid, ...changes });
export type AgreementWithheld = Static<typeof AgreementWithheld>;

export const agreementWithheld = defineMessage({
  name: 'agreement.withheld',
  topic: agreementTopic,
  description:
    'It is public no longer: whoever copied it forgets it. If it becomes public again, it is recorded again.',
  schema: AgreementWithheld,
  example: {
    ...exampleBase(`agreements/${agreementId}`),
    occurredOn: null,
    agreementId,
    version: 6,
    changed: ['/visibility'],
  },
});

/** What tells of an agreement with all that is public of it. */
export const agreementMessages = [
  agreementAgreed,
  agreementSigned,
  agreementRecorded,
  agreementCorrected,
  agreementProgressed,
] as const;
