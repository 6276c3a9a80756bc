import { type PublicMessage } from './public-message.entity';

/** What a body is made of. */
export type ToldMessage = Pick<PublicMessage, 'id' | 'type' | 'source' | 'epoch' | 'sequence' | 'time' | 'data'>;

/** The message as outsiders get it, by webhook and in the feed. `epoch` and `sequence` sort as text, as in Kafka. */
export interface MessageBody {
  id: string;
  type: string;
  source: string;
  time: string;
  epoch: string;
  sequence: string;
  data: Record<string, unknown>;
}

const EPOCH_DIGITS = 6;
const SEQUENCE_DIGITS = 20;

export function bodyOf({ id, type, source, epoch, sequence, time, data }: ToldMessage): MessageBody {
  return {
    id,
    type,
    source,
    time: time.toISOString(),
    epoch: String(epoch).padStart(EPOCH_DIGITS, '0'),
    sequence: sequence.padStart(SEQUENCE_DIGITS, '0'),
    data,
  };
}
