import { Type, type Static } from '@sinclair/typebox';
import { Code, Economy, LocalizedText, nullable, PartialDate, ScheduledTime, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const eventTopic = defineTopic({
  name: 'events.event',
  owner: 'events',
  aggregate: 'events',
  partitions: 6,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

/** Life of an event once it is published; drafts never travel. `planned`: a sub-event known only as announced. */
export const EventStatus = Type.Union([
  Type.Literal('published'),
  Type.Literal('open'),
  Type.Literal('ongoing'),
  Type.Literal('closed'),
  Type.Literal('cancelled'),
  Type.Literal('postponed'),
  Type.Literal('planned'),
]);
export type EventStatus = Static<typeof EventStatus>;

/** When sign-ups are taken; null at an end that is not fixed. */
export const RegistrationWindow = Type.Object({
  opens: nullable(ScheduledTime),
  closes: nullable(ScheduledTime),
});
export type RegistrationWindow = Static<typeof RegistrationWindow>;

/** Where it takes place, as far as it is known. */
export const EventVenue = Type.Object({
  placeId: nullable(Uuid),
  hall: nullable(LocalizedText),
  hotel: nullable(LocalizedText),
  city: nullable(LocalizedText),
  province: nullable(LocalizedText),
  economy: nullable(Economy),
});
export type EventVenue = Static<typeof EventVenue>;

/** What every registration has to satisfy before it is checked in. */
export const EntryCondition = Type.Object({
  code: Code,
  text: LocalizedText,
});
export type EntryCondition = Static<typeof EntryCondition>;

/** The event as others need to know it, after the change that the message's type names. */
export const EventSnapshot = Type.Object({
  ...base,
  eventId: Uuid,
  seriesId: nullable(Uuid),
  parentId: nullable(Uuid),
  names: LocalizedText,
  kind: Code,
  status: EventStatus,
  previousStatus: nullable(Type.Union([...EventStatus.anyOf, Type.Literal('draft')])),
  ordinal: nullable(Type.Integer({ minimum: 1 })),
  label: nullable(Type.String({ minLength: 1 })),
  date: nullable(PartialDate),
  startsAt: nullable(ScheduledTime),
  endsAt: nullable(ScheduledTime),
  registrationWindow: nullable(RegistrationWindow),
  economies: Type.Array(Economy, { description: 'the sides' }),
  sessionIds: Type.Array(Uuid),
  // What is below came later; messages that are on the topic already do not have them.
  venue: Type.Optional(nullable(EventVenue)),
  fulfils: Type.Optional(
    Type.Array(Uuid, {
      description: 'commitments that the event, once it was held, is to fulfil; all of them, each time',
    }),
  ),
  entryConditions: Type.Optional(
    Type.Array(EntryCondition, {
      description: 'the checklist before check-in, each code once; all of it, each time',
    }),
  ),
});
export type EventSnapshot = Static<typeof EventSnapshot>;

const eventId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b';

const published: EventSnapshot = {
  ...exampleBase(`events/${eventId}`),
  eventId,
  seriesId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6c',
  parentId: null,
  names: {
    original: 'zh',
    texts: {
      zh: '2024中日韩产业合作发展论坛',
      en: '2024 China-Japan-Korea Industrial Cooperation Development Forum',
    },
  },
  kind: 'forum',
  status: 'published',
  previousStatus: 'draft',
  ordinal: null,
  label: '2024',
  date: { edtf: '2024-10-17/2024-10-19' },
  startsAt: { local: '2024-10-17T09:00', zone: 'Asia/Shanghai' },
  endsAt: { local: '2024-10-19T17:00', zone: 'Asia/Shanghai' },
  registrationWindow: { opens: { local: '2024-09-01T00:00', zone: 'Asia/Shanghai' }, closes: null },
  economies: ['CN', 'JP', 'KR'],
  sessionIds: [],
  venue: {
    placeId: null,
    hall: null,
    hotel: null,
    city: { original: 'en', texts: { en: 'Weifang', zh: '潍坊' } },
    province: { original: 'en', texts: { en: 'Shandong', zh: '山东' } },
    economy: 'CN',
  },
  fulfils: ['0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ab0'],
  entryConditions: [
    {
      code: 'healthCertificate',
      text: { original: 'zh', texts: { zh: '持有健康证明', en: 'Holds a health certificate' } },
    },
  ],
};

const declare = (name: string, description: string, example: EventSnapshot) =>
  defineMessage({ name: `event.${name}`, topic: eventTopic, description, schema: EventSnapshot, example });

export const eventPublished = declare(
  'published',
  'An event became public; with `historical`, it was entered as it was, in any status.',
  published,
);
export const eventOpened = declare('opened', 'Sign-ups are taken from now on.', {
  ...published,
  status: 'open',
  previousStatus: 'published',
});
export const eventStarted = declare('started', 'The event began.', {
  ...published,
  status: 'ongoing',
  previousStatus: 'open',
});
export const eventClosed = declare('closed', 'The event is over.', {
  ...published,
  status: 'closed',
  previousStatus: 'ongoing',
});
export const eventCancelled = declare('cancelled', 'The event will not take place.', {
  ...published,
  status: 'cancelled',
  previousStatus: 'published',
});
export const eventPostponed = declare('postponed', 'The event was put off; a new date may not be known.', {
  ...published,
  status: 'postponed',
  previousStatus: 'open',
  date: null,
  startsAt: null,
  endsAt: null,
});
export const eventChanged = declare('changed', 'Something of a published event changed, but not its status.', {
  ...published,
  previousStatus: null,
  label: '2024 (10th)',
});

export const eventMessages = [
  eventPublished,
  eventOpened,
  eventStarted,
  eventClosed,
  eventCancelled,
  eventPostponed,
  eventChanged,
] as const;
