import { endBeforeStart } from '../records/period.rules';
import { namesToSearch, organizationsIn, reference, type Resource } from '../records/resource';
import { EventBody } from './event.dto';
import { EventEntity } from './event.entity';
import { daysOf } from './event-days.rules';

export const eventResource: Resource<EventBody, EventEntity> = {
  what: 'event',
  path: 'events',
  entity: EventEntity,
  body: EventBody,
  columns: {
    seriesId: null,
    parentId: null,
    kind: null,
    ordinal: null,
    label: null,
    historical: false,
    synthetic: false,
  },
  readOnly: ['status'],
  references: (body) => [
    ...reference('/seriesId', 'series', body.seriesId),
    ...reference('/parentId', 'event', body.parentId),
    ...reference('/venue/placeId', 'place', body.venue?.placeId),
    ...organizationsIn('/hosts', body.hosts),
    ...organizationsIn('/delegatingBodies', body.delegatingBodies),
    ...organizationsIn('/groups', body.groups),
  ],
  derived: daysOf,
  contradictions: ({ startsAt, endsAt, registrationWindow }) => [
    ...endBeforeStart(startsAt, endsAt, '/endsAt'),
    ...endBeforeStart(registrationWindow?.opens, registrationWindow?.closes, '/registrationWindow/closes'),
  ],
  searchTexts: namesToSearch,
};
