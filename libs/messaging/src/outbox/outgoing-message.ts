import { type DataOf, type MessageContract, problemsOf, type TopicContract } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type Received } from '../consuming/received';

/** A message before it has its place in the stream. Made by `outgoing` or `tombstone`. */
export interface OutgoingMessage {
  readonly id: string;
  readonly topic: TopicContract;
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly partitionKey: string;
  readonly tenantId: string;
  readonly time: string;
  /** Null is a tombstone. */
  readonly data: unknown;
  readonly causedBy?: Cause | undefined;
}

/** The received message that this one answers to, where the handler was given several at once. */
export type Cause = Pick<Received, 'id' | 'correlationId' | 'traceparent'>;

interface Outgoing<C> {
  aggregateId: string;
  tenantId: string;
  data: DataOf<C>;
  subject?: string;
  /** When it was said, RFC 3339; now, if not given. */
  time?: string;
  causedBy?: Cause;
}

const MAX_VALUE_BYTES = 900_000;

/** A message that breaks its own contract, caught where it is made and not at every reader. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
}

/** @throws ContractViolation when the data departs from the contract or is too large for a topic. */
export function outgoing<C extends MessageContract>(contract: C, message: Outgoing<C>): OutgoingMessage {
  const problems = problemsOf(contract, message.data);
  if (problems.length > 0) {
    // Pointers and codes only: the values may be a person's.
    throw new ContractViolation(
      `${contract.type}: ${problems.map(({ pointer, code }) => `${pointer} ${code}`).join(', ')}`,
    );
  }
  // What is copied stands last: V8 takes microseconds for each field that is added to a copy.
  return { type: contract.type, data: message.data, ...addressed(contract.topic, message) };
}

/** The end of an aggregate on a compacted topic: Kafka forgets its earlier messages, consumers forget their copies. */
export function tombstone(
  topic: TopicContract,
  aggregateId: string,
  tenantId: string,
  options: { causedBy?: Cause } = {},
): OutgoingMessage {
  if (topic.cleanup !== 'compact') {
    throw new ContractViolation(`${topic.name} is not compacted, so a tombstone would mean nothing there`);
  }
  return { ...addressed(topic, { aggregateId, tenantId, ...options }), type: TOMBSTONE_TYPE, data: null };
}

export const TOMBSTONE_TYPE = 'expo-accord.tombstone.v1';

/** @throws ContractViolation when it would exceed what a broker takes, and so block everything behind it. */
export function encodedData(message: OutgoingMessage): string | null {
  if (message.data === null) {
    return null;
  }
  const text = JSON.stringify(message.data);
  if (Buffer.byteLength(text) > MAX_VALUE_BYTES) {
    throw new ContractViolation(`${message.type}: larger than ${MAX_VALUE_BYTES} bytes`);
  }
  return text;
}

function addressed(
  topic: TopicContract,
  message: Omit<Outgoing<never>, 'data'>,
): Omit<OutgoingMessage, 'type' | 'data'> {
  return {
    id: newId(),
    topic,
    source: `/${topic.aggregate}/${message.aggregateId}`,
    subject: message.subject ?? message.aggregateId,
    partitionKey: `${message.tenantId}/${message.aggregateId}`,
    tenantId: message.tenantId,
    time: message.time ?? new Date().toISOString(),
    causedBy: message.causedBy,
  };
}
