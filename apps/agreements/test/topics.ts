import { setTimeout as delay } from 'node:timers/promises';
import {
  contractOf,
  type DataOf,
  type Envelope,
  type EventSnapshot,
  eventPublished,
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
  data: Record<string, unknown>;
}

/** What travels on the service's topics, read from their beginning, and a voice for the events service. */
export class Topics {
  readonly seen: Seen[] = [];

  private constructor(
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly prefix: string,
  ) {}

  static async follow(brokers: string[], prefix: string): Promise<Topics> {
    const kafka = new Kafka({ clientId: 'agreements-spec', brokers, logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: `${prefix}spec-${newId()}`, maxWaitTimeInMs: 100 });
    const all = new Topics(kafka.producer(), consumer, prefix);
    await all.producer.connect();
    await consumer.connect();
    const own = topics.filter(({ owner }) => owner === 'agreements').map(({ name }) => `${prefix}${name}`);
    await consumer.subscribe({ topics: own, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const data = JSON.parse(message.value?.toString() ?? 'null') as Seen['data'];
        all.seen.push({ ...fromHeaders(message.headers ?? {}), data });
        return Promise.resolve();
      },
    });
    return all;
  }

  of<C extends MessageContract>(contract: C, aggregateId?: string): (Envelope & { data: DataOf<C> })[] {
    return this.seen.filter(
      ({ type, source }) => type === contract.type && (aggregateId === undefined || source.endsWith(aggregateId)),
    ) as (Envelope & { data: DataOf<C> })[];
  }

  about(aggregateId: string): Seen[] {
    return this.seen.filter(({ source }) => source.endsWith(`/${aggregateId}`));
  }

  /** What departs from its own contract, which nothing may. */
  violations(): string[] {
    return this.seen.flatMap(({ type, data }) => {
      const contract = contractOf(type);
      return contract ? problemsOf(contract, data).map(({ pointer }) => `${type}${pointer}`) : [`${type} unknown`];
    });
  }

  /** Says what the events service would say of a published event. */
  async publishEvent(tenantId: string, given: Partial<EventSnapshot> = {}): Promise<string> {
    const eventId = given.eventId ?? newId();
    const data: EventSnapshot = { ...eventPublished.example, ...given, eventId };
    const id = newId();
    const headers = toHeaders({
      id,
      source: `/events/${eventId}`,
      type: eventPublished.type,
      subject: eventId,
      time: new Date().toISOString(),
      partitionKey: `${tenantId}/${eventId}`,
      tenantId,
      correlationId: id,
      causationId: id,
      epoch: 1,
      sequence: 1,
    });
    const message = { key: `${tenantId}/${eventId}`, value: JSON.stringify(data), headers };
    await this.producer.send({ topic: `${this.prefix}${eventTopic.name}`, messages: [message] });
    return eventId;
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
    await this.consumer.disconnect();
  }
}

/** Waits until the condition holds; fails with its last complaint. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  timeoutMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${look.toString()}`);
    await delay(20);
  }
}
