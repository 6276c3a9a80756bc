import { type KafkaConfig } from '../src/kafka/kafka.settings';
import {
  type IncomingRecord,
  type OutgoingRecord,
  type Publisher,
  type Subscription,
  type SubscriptionEvents,
} from '../src/kafka/kafka.port';

/** A client library behind the port: what the conformance suite is a function of. */
export interface ClientUnderTest {
  publisher(config: KafkaConfig, requestTimeoutMs: number): Publisher;
  subscription(
    config: KafkaConfig,
    reading: { groupId: string; topics: readonly string[] },
    events: SubscriptionEvents,
  ): Subscription;
}

const KEYS = 7;

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Numbered from `from`; the records of every seventh number have one key, and so one order. */
export function numbered(topic: string, from: number, count: number): OutgoingRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    topic,
    key: `key-${(from + at) % KEYS}`,
    headers: { number: String(from + at) },
    value: Buffer.from(`value ${from + at}`),
  }));
}

export function numberOf({ headers }: Pick<IncomingRecord, 'headers'>): number {
  return Number(String(headers.number));
}

/** The numbers of each key without repetitions, in the order in which they first stand in the topic. */
export function firstOccurrences(records: readonly IncomingRecord[]): Record<string, number[]> {
  const numbers: Record<string, number[]> = {};
  for (const record of records) {
    const ofKey = (numbers[String(record.key)] ??= []);
    if (!ofKey.includes(numberOf(record))) ofKey.push(numberOf(record));
  }
  return numbers;
}

/** What `firstOccurrences` answers when the numbers below `count` are all there, each key in order. */
export function allInOrder(count: number): Record<string, number[]> {
  const numbers: Record<string, number[]> = {};
  for (let number = 0; number < count; number += 1) (numbers[`key-${number % KEYS}`] ??= []).push(number);
  return numbers;
}
