import { Type, type Static } from '@sinclair/typebox';
import { nullable, PartialDate } from '@expo-accord/values';
import { AgreementSnapshot, agreementSigned } from './agreement.messages';
import { defineMessage, defineTopic } from './contract';

/** For those who come late: compacted, so that it holds what is public of each agreement now, and no more. */
export const agreementStateTopic = defineTopic({
  name: 'agreements.agreement.state',
  owner: 'agreements',
  aggregate: 'agreement-states',
  partitions: 6,
  retention: 'forever',
  cleanup: 'compact',
  visibility: 'public',
});

/** How an agreement stands. The same `version` as in the message on `agreements.agreement` that told of the change. */
export const AgreementState = Type.Composite([
  Type.Omit(AgreementSnapshot, ['previousStatus', 'changed', 'version']),
  Type.Object({
    version: Type.Integer({ minimum: 1, description: 'counts changes of the agreement, as its ETag does' }),
    agreedOn: nullable(PartialDate),
    inForceOn: nullable(PartialDate),
    endedOn: nullable(PartialDate),
  }),
]);
export type AgreementState = Static<typeof AgreementState>;

const { previousStatus: _, changed: __, ...signed } = agreementSigned.example;

export const agreementStated = defineMessage({
  name: 'agreement.stated',
  topic: agreementStateTopic,
  description: 'How a public agreement stands now; without a value (a tombstone) once it is public no longer.',
  schema: AgreementState,
  example: { ...signed, version: 4, agreedOn: { edtf: '2020-08' }, inForceOn: null, endedOn: null },
});

export const agreementStateMessages = [agreementStated] as const;
