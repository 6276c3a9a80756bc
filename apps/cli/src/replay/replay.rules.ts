import { consumers } from '@expo-accord/contracts';

/** Why this consumer must not take messages again; null if it may. */
export function refusal(consumer: string): string | null {
  const contract = consumers.find(({ name }) => name === consumer);
  if (contract === undefined) {
    return `There is no consumer ${consumer}; there are ${consumers.map(({ name }) => name).join(', ')}.`;
  }
  switch (contract.repetition) {
    case 'tells twice':
      return `${consumer} is not replayed: mails or webhooks that went out would go out again.`;
    case 'counts twice':
      return `${consumer} is not replayed: it would count twice. Its service's rebuild program empties what it counted first.`;
    case 'same copies':
      return null;
  }
}
