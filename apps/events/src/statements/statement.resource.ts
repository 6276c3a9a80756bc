import { reference, type ChildResource, underEvent } from '../records/resource';
import { StatementBody } from './statement.dto';
import { StatementEntity } from './statement.entity';

export const statementResource: ChildResource<StatementBody, StatementEntity> = {
  what: 'statement',
  path: 'statements',
  entity: StatementEntity,
  body: StatementBody,
  columns: { personId: null, form: null },
  parent: underEvent,
  readOnly: ['eventId'],
  references: ({ personId, sessionId }) => [
    ...reference('/personId', 'person', personId),
    ...reference('/sessionId', 'session', sessionId),
  ],
  searchTexts: ({ text }) => Object.values(text.texts),
};
