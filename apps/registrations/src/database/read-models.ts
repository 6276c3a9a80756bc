import { type ReadModels } from '@expo-accord/messaging';

/** Which tables the consumers of this service write. */
export const readModels: ReadModels<'registrations'> = {
  'registrations.events': { tables: ['event_copy', 'merged_organization'] },
};
