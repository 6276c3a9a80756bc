import { endBeforeStart } from '../records/period.rules';
import { namesToSearch, organizationsIn, reference, type ChildResource, underEvent } from '../records/resource';
import { SessionBody } from './session.dto';
import { SessionEntity } from './session.entity';

export const sessionResource: ChildResource<SessionBody, SessionEntity> = {
  what: 'session',
  path: 'sessions',
  entity: SessionEntity,
  body: SessionBody,
  columns: { kind: null },
  parent: underEvent,
  readOnly: ['eventId'],
  references: ({ zoneId, presenters }) => [
    ...reference('/zoneId', 'zone', zoneId),
    ...organizationsIn('/presenters', presenters),
  ],
  contradictions: ({ startsAt, endsAt }) => endBeforeStart(startsAt, endsAt, '/endsAt'),
  searchTexts: namesToSearch,
};
