import { type ReadModels } from '@expo-accord/messaging';

/** Which tables the consumers of this service write. */
export const readModels: ReadModels<'notifications'> = {
  'notifications.contacts': { tables: ['contact'], effects: ['delivery'] },
  'notifications.events': { tables: ['event_copy'] },
  'notifications.registrations': { tables: [], effects: ['delivery'] },
  // The feed; its webhooks went out, or wait in rows that a rebuild does not touch.
  'notifications.webhooks': { tables: ['public_message'], effects: ['delivery'] },
};
