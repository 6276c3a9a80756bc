import { Type, type Static } from '@sinclair/typebox';
import { LanguageTag, nullable, PersonName, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';
import { RegistrationStatus } from './registration.messages';

/** The only topic with registrants' personal data: compacted, so that a tombstone removes a person, and read by mail alone. */
export const contactTopic = defineTopic({
  name: 'registrations.contact',
  owner: 'registrations',
  aggregate: 'contacts',
  partitions: 6,
  retention: 'forever',
  cleanup: 'compact',
  visibility: 'restricted',
  readers: ['notifications'],
});

export const ContactSnapshot = Type.Object({
  ...base,
  registrationId: Uuid,
  eventId: Uuid,
  name: PersonName,
  email: Type.String({ format: 'email', maxLength: 320, description: 'an e-mail address' }),
  language: nullable(LanguageTag),
  status: Type.Optional(RegistrationStatus),
});
export type ContactSnapshot = Static<typeof ContactSnapshot>;

const registrationId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a80';

export const contactRecorded = defineMessage({
  name: 'contact.recorded',
  topic: contactTopic,
  description: 'How to reach a registrant who is to get mail; published only where mail was asked for.',
  schema: ContactSnapshot,
  example: {
    ...exampleBase(`registrations/${registrationId}`),
    visibility: 'internal',
    registrationId,
    eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
    name: { texts: { ko: '김민수', en: 'Kim Min-su' }, order: 'familyFirst' },
    email: 'minsu@example.org',
    language: 'ko',
    status: 'confirmed',
  },
});

export const contactMessages = [contactRecorded] as const;
