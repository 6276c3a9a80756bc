import { type EachBatchPayload } from 'kafkajs';
import { type IncomingRecord } from './kafka.port';

/** As lazy as what kafkajs is given of it: its parts are made when somebody asks. */
export class Incoming implements IncomingRecord {
  readonly offset: bigint;

  constructor(
    readonly topic: string,
    readonly partition: number,
    private readonly message: EachBatchPayload['batch']['messages'][number],
  ) {
    this.offset = BigInt(message.offset);
  }

  get key(): Buffer | null {
    return this.message.key;
  }

  get headers(): IncomingRecord['headers'] {
    return this.message.headers ?? {};
  }

  get value(): Buffer | null {
    return this.message.value;
  }
}
