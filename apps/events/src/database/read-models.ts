import { type ReadModels } from '@expo-accord/messaging';

/** Which tables the consumers of this service write. */
export const readModels: ReadModels<'events'> = {
  'events.statistics': { tables: ['counted_registrations', 'counted_project', 'counted_agreement'] },
};
