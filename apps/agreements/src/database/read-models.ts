import { type ReadModels } from '@expo-accord/messaging';

/** Which tables the consumers of this service write. */
export const readModels: ReadModels<'agreements'> = {
  'agreements.events': { tables: ['event_copy', 'merged_organization'] },
};
