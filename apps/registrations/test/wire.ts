import {
  contractOf,
  type DataOf,
  type Envelope,
  eventOpened,
  type EventSnapshot,
  eventTopic,
  fromHeaders,
  type MessageContract,
  problemsOf,
  toHeaders,
  topics,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type Consumer, Kafka, logLevel, type Producer } from 'kafkajs';

export interface Seen extends Envelope {
  readonly topic: string;
  /** As it travelled; empty for a tombstone. */
  readonly text: string;
  readonly data: unknown;
}

/** Everything the service says on its topics, and the voice of the events service. */
export class Wire {
  readonly seen: Seen[] = [];
  readonly #sequences = new Map<string, number>();

  private constructor(
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly prefix: string,
  ) {}

  static async open(brokers: string[], prefix: string): Promise<Wire> {
    const kafka = new Kafka({ clientId: 'registrations-spec', brokers, logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: `${prefix}spec`, maxWaitTimeInMs: 100 });
    const wire = new Wire(kafka.producer(), consumer, prefix);
    await wire.producer.connect();
    await consumer.connect();
    const own = topics.filter(({ owner }) => owner === 'registrations').map(({ name }) => `${prefix}${name}`);
    await consumer.subscribe({ topics: own, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ topic, message }) => {
        const text = message.value?.toString() ?? '';
        const data: unknown = text === '' ? null : JSON.parse(text);
        wire.seen.push({ ...fromHeaders(message.headers ?? {}), topic: topic.slice(prefix.length), text, data });
        return Promise.resolve();
      },
    });
    return wire;
  }

  of<C extends MessageContract>(contract: C, aggregateId?: string): (Seen & { data: DataOf<C> })[] {
    return this.seen.filter(
      ({ type, source }) => type === contract.type && (aggregateId === undefined || source.endsWith(aggregateId)),
    ) as (Seen & { data: DataOf<C> })[];
  }

  /** Places where a message departs from its own contract. */
  violations(): string[] {
    return this.seen.flatMap(({ type, data }) => {
      const contract = contractOf(type);
      return contract === undefined ? [] : problemsOf(contract, data).map(({ pointer }) => `${type} ${pointer}`);
    });
  }

  async event(tenantId: string, event: Partial<EventSnapshot> & { eventId: string }): Promise<void> {
    const { eventId } = event;
    const sequence = (this.#sequences.get(eventId) ?? 0) + 1;
    this.#sequences.set(eventId, sequence);
    const data: EventSnapshot = { ...eventOpened.example, registrationWindow: null, ...event };
    const id = newId();
    const headers = toHeaders({
      id,
      source: `/events/${eventId}`,
      type: eventOpened.type,
      subject: eventId,
      time: new Date().toISOString(),
      partitionKey: `${tenantId}/${eventId}`,
      tenantId,
      correlationId: id,
      causationId: id,
      epoch: 1,
      sequence,
    });
    const message = { key: `${tenantId}/${eventId}`, value: JSON.stringify(data), headers };
    await this.producer.send({ topic: `${this.prefix}${eventTopic.name}`, messages: [message] });
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
    await this.consumer.disconnect();
  }
}
