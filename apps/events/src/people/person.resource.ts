import { personMerged, personRecorded } from '@expo-accord/contracts';
import { outgoing } from '@expo-accord/messaging';
import { searchKeysOf } from '@expo-accord/values';
import { type MasterResource } from '../master-data/master-resource';
import { lackingNames } from '../master-data/merge.rules';
import { sortNameOfPerson } from '../master-data/sort-name';
import { postsIn } from '../records/resource';
import { PersonBody } from './person.dto';
import { PersonEntity } from './person.entity';

export const personResource: MasterResource<PersonBody, PersonEntity> = {
  what: 'person',
  path: 'people',
  entity: PersonEntity,
  body: PersonBody,
  columns: { economy: null },
  readOnly: ['mergedIntoId'],
  references: ({ posts }) => postsIn('/posts', posts),
  derived: ({ name }) => ({ sortName: sortNameOfPerson(name) }),
  searchTexts: ({ name, aliases }) => [name, ...(aliases ?? [])].flatMap(searchKeysOf),
  recorded: ({ id, tenantId, economy }, base) =>
    outgoing(personRecorded, { aggregateId: id, tenantId, data: { ...base, personId: id, economy } }),
  merged: ({ id, tenantId }, survivorId, base) =>
    outgoing(personMerged, { aggregateId: id, tenantId, data: { ...base, personId: id, survivorId } }),
  absorbed: (survivor, duplicate) => {
    const known = [survivor.name, ...(survivor.aliases ?? [])];
    const added = lackingNames(known, [duplicate.name, ...(duplicate.aliases ?? [])]);
    return { aliases: [...known.slice(1), ...added] };
  },
};
