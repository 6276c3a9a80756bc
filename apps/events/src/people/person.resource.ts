import { searchKeysOf } from '@expo-accord/values';
import { postsIn, type Resource } from '../records/resource';
import { PersonBody } from './person.dto';
import { PersonEntity } from './person.entity';

export const personResource: Resource<PersonBody, PersonEntity> = {
  what: 'person',
  path: 'people',
  entity: PersonEntity,
  body: PersonBody,
  columns: { economy: null },
  readOnly: [],
  references: ({ posts }) => postsIn('/posts', posts),
  searchTexts: ({ name, aliases }) => [name, ...(aliases ?? [])].flatMap(searchKeysOf),
};
