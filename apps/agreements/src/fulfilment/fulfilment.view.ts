import { type LocalizedText } from '@expo-accord/values';
import { type Fulfilment } from './fulfilment.entity';

/** An event that says that it fulfils the commitment, as it stands. */
export interface FulfilmentView {
  eventId: string;
  names: LocalizedText;
  status: string;
  synthetic: boolean;
  url: string;
}

export function fulfilmentView({ eventId, event }: Fulfilment): FulfilmentView {
  const { names, status, synthetic, url } = event;
  return { eventId, names, status, synthetic, url };
}
