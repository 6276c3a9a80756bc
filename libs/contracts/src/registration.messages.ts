import { Type, type Static } from '@sinclair/typebox';
import { Code, Economy, LanguageTag, nullable, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const registrationTopic = defineTopic({
  name: 'registrations.registration',
  owner: 'registrations',
  aggregate: 'registrations',
  partitions: 6,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'internal',
});

export const RegistrationStatus = Type.Union([
  Type.Literal('pendingApproval'),
  Type.Literal('confirmed'),
  Type.Literal('checkedIn'),
  Type.Literal('waitlisted'),
  Type.Literal('declined'),
  Type.Literal('cancelled'),
  Type.Literal('noShow'),
]);
export type RegistrationStatus = Static<typeof RegistrationStatus>;

const counted = {
  status: RegistrationStatus,
  category: Code,
  economy: nullable(Economy),
  mode: Code,
};

/** What a registration counted as before: a counter takes this away and adds the new. */
export const RegistrationBefore = Type.Object(counted);
export type RegistrationBefore = Static<typeof RegistrationBefore>;

/** A registration without a word about the person: this topic is kept for ever. */
export const RegistrationSnapshot = Type.Object({
  ...base,
  registrationId: Uuid,
  eventId: Uuid,
  ...counted,
  organizationId: nullable(Uuid),
  language: nullable(LanguageTag),
  notify: Type.Boolean({ description: 'whether mail was asked for' }),
  previous: nullable(RegistrationBefore),
});
export type RegistrationSnapshot = Static<typeof RegistrationSnapshot>;

const registrationId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a80';

const registered: RegistrationSnapshot = {
  ...exampleBase(`registrations/${registrationId}`),
  visibility: 'internal',
  externalRefs: [{ system: 'expo-a', id: '77' }],
  registrationId,
  eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
  status: 'confirmed',
  category: 'buyer',
  economy: 'KR',
  mode: 'inPerson',
  organizationId: null,
  language: 'ko',
  notify: false,
  previous: null,
};

const before: RegistrationBefore = { status: 'confirmed', category: 'buyer', economy: 'KR', mode: 'inPerson' };

const declare = (name: string, description: string, example: RegistrationSnapshot) =>
  defineMessage({
    name: `registration.${name}`,
    topic: registrationTopic,
    description,
    schema: RegistrationSnapshot,
    example,
  });

export const registrationRegistered = declare(
  'registered',
  'Somebody signed up, or a registration of the past was entered in its final status.',
  registered,
);
export const registrationCorrected = declare('corrected', 'The source sent a correction, or the status moved on.', {
  ...registered,
  category: 'visitor',
  previous: before,
});
export const registrationCancelled = declare('cancelled', 'The registration was given up; its places are free.', {
  ...registered,
  status: 'cancelled',
  previous: before,
});
export const registrationCheckedIn = declare('checked-in', 'The person came.', {
  ...registered,
  status: 'checkedIn',
  previous: before,
});

export const registrationWaitlisted = declare(
  'waitlisted',
  'Somebody signed up, found no place, and waits for one. Instead of registered.',
  { ...registered, status: 'waitlisted' },
);
export const registrationPromoted = declare(
  'promoted',
  'A place became free for somebody who waited: it is confirmed, or held until the sign-up is approved.',
  { ...registered, previous: { ...before, status: 'waitlisted' } },
);
export const registrationApproved = declare('approved', 'The organiser approved the registration: it is confirmed.', {
  ...registered,
  previous: { ...before, status: 'pendingApproval' },
});
export const registrationDeclined = declare('declined', 'The organiser turned it down; its places are free.', {
  ...registered,
  status: 'declined',
  previous: { ...before, status: 'pendingApproval' },
});
export const registrantErased = declare(
  'registrant-erased',
  'The person is forgotten and every copy of their data has to go; the registration stays and counts as before.',
  { ...registered, externalRefs: [], previous: before },
);

export const registrationMessages = [
  registrationRegistered,
  registrationCorrected,
  registrationCancelled,
  registrationCheckedIn,
  registrationWaitlisted,
  registrationPromoted,
  registrationApproved,
  registrationDeclined,
  registrantErased,
] as const;
