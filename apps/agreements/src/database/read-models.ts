import { type ReadModels } from '@expo-accord/messaging';

/** Which tables the consumers of this service write. */
export const readModels: ReadModels<'agreements'> = {
  'agreements.events': { tables: ['event_copy', 'merged_organization'] },
  // Judgements are made once: a rebuild finds no commitment to judge.
  'agreements.fulfilment': {
    tables: ['fulfilment'],
    effects: ['commitment', 'commitment_assessment', 'commitment_reminder', 'audit_entry', 'audit_chain'],
  },
};
