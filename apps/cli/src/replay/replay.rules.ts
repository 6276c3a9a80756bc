import { consumers } from '@expo-accord/contracts';

/** Why this consumer must not take messages again; null if it may. Into a fresh read model it may, where it keeps one. */
export function refusal(consumer: string, intoFreshModel: boolean): string | null {
  const contract = consumers.find(({ name }) => name === consumer);
  if (contract === undefined) {
    return `There is no consumer ${consumer}; there are ${consumers.map(({ name }) => name).join(', ')}.`;
  }
  if (intoFreshModel) return null;
  switch (contract.repetition) {
    case 'tells twice':
      return `${consumer} is not replayed since a time: mails or webhooks that went out would go out again.`;
    case 'counts twice':
      return `${consumer} is not replayed since a time: it would count twice. Use --from-start.`;
    case 'same copies':
      return null;
  }
}
