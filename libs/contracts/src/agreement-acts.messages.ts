import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Code, LocalizedText, nullable, PartialDate, Uuid } from '@expo-accord/values';
import { AgreementParty, agreementSigned, AgreementSnapshot, agreementTopic } from './agreement.messages';
import { defineMessage } from './contract';

const revision = {
  number: Type.Integer({ minimum: 1, description: 'from 1, among its kind' }),
  effectiveOn: nullable(PartialDate),
  summary: nullable(LocalizedText),
};

/** What changed is in `changed`; from when is here. */
export const Amendment = Type.Object(revision);
export type Amendment = Static<typeof Amendment>;

/** `period` is what the agreement covers in time from now on. */
export const Renewal = Type.Object({ ...revision, period: nullable(PartialDate) });
export type Renewal = Static<typeof Renewal>;

/** Without `part` the whole is superseded, and the status says so; the successor may be unknown. */
export const Supersession = Type.Object({
  supersedingId: nullable(Uuid),
  part: nullable(LocalizedText),
  on: nullable(PartialDate),
});
export type Supersession = Static<typeof Supersession>;

/** What one party did to be bound: signed, ratified, accepted... */
export const GivenConsent = Type.Object({ party: AgreementParty, kind: Code, on: nullable(PartialDate) });
export type GivenConsent = Static<typeof GivenConsent>;

const inForce: AgreementSnapshot = { ...agreementSigned.example, status: 'inForce', previousStatus: 'inForce' };

const declare = <S extends TSchema>(name: string, description: string, schema: S, example: Static<S>) =>
  defineMessage({ name: `agreement.${name}`, topic: agreementTopic, description, schema, example });

export const agreementEnteredIntoForce = declare(
  'entered-into-force',
  'It entered into force, by its rule or because somebody said so; once.',
  AgreementSnapshot,
  { ...inForce, previousStatus: 'awaitingEntry', changed: ['/inForceOn', '/status'] },
);

export const agreementConsentGiven = declare(
  'consent-given',
  'One party signed, ratified, accepted...',
  Type.Composite([AgreementSnapshot, Type.Object({ consent: GivenConsent })]),
  {
    ...inForce,
    status: 'signed',
    previousStatus: 'signed',
    changed: ['/parties/items/0/consents'],
    consent: { party: agreementSigned.example.parties[0] as AgreementParty, kind: 'ratified', on: { edtf: '2021-03' } },
  },
);

export const agreementConsentWithdrawn = declare(
  'consent-withdrawn',
  'One party took back, before the entry into force, what it had signed, ratified, accepted... `on` is when it had.',
  Type.Composite([AgreementSnapshot, Type.Object({ consent: GivenConsent })]),
  {
    ...agreementConsentGiven.example,
    occurredOn: { edtf: '2021-04' },
    changed: ['/parties/items/0/consents/0/withdrawal'],
  },
);

export const agreementAmended = declare(
  'amended',
  'The parties changed what they agreed on; its status stays.',
  Type.Composite([AgreementSnapshot, Type.Object({ amendment: Amendment })]),
  {
    ...inForce,
    changed: ['/period/edtf'],
    amendment: { number: 1, effectiveOn: { edtf: '2022-01-01' }, summary: null },
  },
);

export const agreementRenewed = declare(
  'renewed',
  'The parties let it go on for another period; its status stays.',
  Type.Composite([AgreementSnapshot, Type.Object({ renewal: Renewal })]),
  {
    ...inForce,
    changed: ['/period/edtf'],
    renewal: { number: 1, effectiveOn: { edtf: '2026' }, summary: null, period: { edtf: '2026/2030' } },
  },
);

export const agreementSuperseded = declare(
  'superseded',
  'Another agreement took its place, in whole (its status says so) or in part (its status stays).',
  Type.Composite([AgreementSnapshot, Type.Object({ supersession: Supersession })]),
  {
    ...inForce,
    status: 'superseded',
    changed: ['/endedOn', '/links', '/status'],
    supersession: { supersedingId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a91', part: null, on: { edtf: '2024-10-17' } },
  },
);

/** They tell of an agreement with all that is public of it, as `agreementMessages` do. */
export const agreementActMessages = [
  agreementEnteredIntoForce,
  agreementConsentGiven,
  agreementConsentWithdrawn,
  agreementAmended,
  agreementRenewed,
  agreementSuperseded,
] as const;
