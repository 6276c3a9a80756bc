import { seriesRecorded, toHeaders } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { series, tenantId } from '../support/messaging-service';

/** The messages of one measured stretch: round and round over its aggregates, which nothing else uses. */
export interface Stretch {
  readonly firstAggregate: number;
  readonly aggregates: number;
  readonly messages: number;
}

/** Messages that an aggregate gets in a stretch. */
const MESSAGES_EACH = 6;
let aggregatesUsed = 0;

export function newStretch(messages: number): Stretch {
  const aggregates = Math.ceil(messages / MESSAGES_EACH);
  aggregatesUsed += aggregates;
  return { firstAggregate: aggregatesUsed - aggregates, aggregates, messages };
}

/** The id says which number the aggregate has, so that every process knows a message by source and sequence. */
export function aggregateIdOf(aggregate: number): string {
  return `0192a3c4-5b6d-7e8f-9a0b-${aggregate.toString(16).padStart(12, '0')}`;
}

export function aggregateOf(source: string): number {
  return Number.parseInt(source.slice(-12), 16);
}

/** The aggregate of the n-th message. */
export function aggregateAt({ firstAggregate, aggregates }: Stretch, n: number): number {
  return firstAggregate + (n % aggregates);
}

/** When each message of a stretch came by, by its number. */
export class Times {
  readonly at: Float64Array;

  constructor(private readonly stretch: Stretch) {
    this.at = new Float64Array(stretch.messages).fill(NaN);
  }

  /** The first time counts: a repetition says the same again. */
  note(source: string, sequence: number, time: number): void {
    const { firstAggregate, aggregates, messages } = this.stretch;
    const aggregate = aggregateOf(source) - firstAggregate;
    const n = (sequence - 1) * aggregates + aggregate;
    if (aggregate >= 0 && aggregate < aggregates && n < messages && Number.isNaN(this.at[n])) {
      this.at[n] = time;
    }
  }
}

export interface RawMessage {
  key: string;
  headers: Record<string, string>;
  value: string;
}

/** The n-th message as the outbox would have made it, ready for Kafka. */
export function rawMessage(stretch: Stretch, n: number): RawMessage {
  const aggregate = aggregateAt(stretch, n);
  const aggregateId = aggregateIdOf(aggregate);
  const key = `${tenantId}/${aggregateId}`;
  const id = newId();
  const headers = toHeaders({
    id,
    source: `/${seriesRecorded.topic.aggregate}/${aggregateId}`,
    type: seriesRecorded.type,
    subject: aggregateId,
    time: new Date().toISOString(),
    partitionKey: key,
    tenantId,
    correlationId: id,
    causationId: id,
    epoch: 1,
    sequence: Math.floor(n / stretch.aggregates) + 1,
  });
  return { key, headers, value: JSON.stringify(series(aggregateId)) };
}
