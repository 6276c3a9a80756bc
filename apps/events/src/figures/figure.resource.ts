import { reference, referencesIn, type Resource } from '../records/resource';
import { FigureBody } from './figure.dto';
import { FigureEntity } from './figure.entity';
import { missingSource } from './figure.rules';

export const figureResource: Resource<FigureBody, FigureEntity> = {
  what: 'figure',
  path: 'figures',
  entity: FigureEntity,
  body: FigureBody,
  columns: { metric: null, historical: false },
  readOnly: ['synthetic'],
  references: ({ subject, includes, covers }) => [
    ...reference('/subject/seriesId', 'series', subject.seriesId),
    ...reference('/subject/eventId', 'event', subject.eventId),
    ...referencesIn('/subject/eventIds', subject.eventIds, (id, at) => reference(at, 'event', id)),
    ...referencesIn('/includes', includes, ({ organizationId }, at) =>
      reference(`${at}/organizationId`, 'organization', organizationId),
    ),
    ...referencesIn('/covers/items', covers?.items, ({ eventId }, at) => reference(`${at}/eventId`, 'event', eventId)),
  ],
  contradictions: missingSource,
  searchTexts: () => [],
};
