import { namesToSearch, organizationsIn, reference, referencesIn, type Resource } from '../records/resource';
import { SeriesBody } from './series.dto';
import { SeriesEntity } from './series.entity';

export const seriesResource: Resource<SeriesBody, SeriesEntity> = {
  what: 'series',
  path: 'series',
  entity: SeriesEntity,
  body: SeriesBody,
  columns: { kind: null, mechanism: false, synthetic: false, historical: false },
  readOnly: [],
  references: (body) => [
    ...referencesIn('/coChairs', body.coChairs, ({ organizationId }, at) =>
      reference(`${at}/organizationId`, 'organization', organizationId),
    ),
    ...referencesIn('/hostRotation/items', body.hostRotation?.items, ({ eventId }, at) =>
      reference(`${at}/eventId`, 'event', eventId),
    ),
    ...organizationsIn('/organizers', body.organizers),
  ],
  searchTexts: namesToSearch,
};
