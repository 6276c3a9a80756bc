import { postsIn, reference, type ChildResource, underEvent } from '../records/resource';
import { ParticipationBody } from './participation.dto';
import { ParticipationEntity } from './participation.entity';

export const participationResource: ChildResource<ParticipationBody, ParticipationEntity> = {
  what: 'participation',
  path: 'participations',
  entity: ParticipationEntity,
  body: ParticipationBody,
  columns: { personId: null, role: null },
  parent: underEvent,
  readOnly: ['eventId'],
  references: ({ personId, organizationId, sessionId, posts }) => [
    ...reference('/personId', 'person', personId),
    ...reference('/organizationId', 'organization', organizationId),
    ...reference('/sessionId', 'session', sessionId),
    ...postsIn('/posts', posts),
  ],
  searchTexts: ({ described }) => Object.values(described?.texts ?? {}),
};
