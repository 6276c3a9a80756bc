import { type MigrationClass } from '@expo-accord/database';
import { databaseBefore as serviceBefore } from '../../../test/support/earlier-release';
import { entities } from '../src/database/entities';
import { migrations } from '../src/database/migrations';

export const databaseBefore = (migration: MigrationClass): ReturnType<typeof serviceBefore> =>
  serviceBefore(migration, { service: 'events', entities, migrations });
