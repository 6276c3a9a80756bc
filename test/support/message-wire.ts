import {
  contractOf,
  type DataOf,
  type Envelope,
  fromHeaders,
  type MessageContract,
  problemsOf,
  type ServiceName,
  toHeaders,
  type TopicContract,
  topics,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type Consumer, Kafka, logLevel, type Message, type Producer } from 'kafkajs';
import { type TestKafka } from './infrastructure';

/** A message ready to be sent, once or more often. */
export interface Said {
  readonly topic: string;
  readonly id: string;
  readonly message: Message;
}

export interface Heard extends Envelope {
  /** Without prefix. */
  readonly topic: string;
  /** As it travelled; empty for a tombstone. */
  readonly text: string;
  readonly data: Record<string, unknown>;
}

/** Hears everything that one service says, from the beginning, and speaks as the others do. */
export class MessageWire {
  readonly heard: Heard[] = [];
  readonly #sequences = new Map<string, number>();

  private constructor(
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly prefix: string,
  ) {}

  /** @param speaker whose topics, which have to be there, are listened to */
  static async open({ brokers, topicPrefix }: TestKafka, speaker: ServiceName): Promise<MessageWire> {
    const kafka = new Kafka({ clientId: 'spec', brokers, logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: `${topicPrefix}spec`, maxWaitTimeInMs: 100 });
    const wire = new MessageWire(kafka.producer(), consumer, topicPrefix);
    await wire.producer.connect();
    await consumer.connect();
    const own = topics.filter(({ owner }) => owner === speaker).map(({ name }) => `${topicPrefix}${name}`);
    await consumer.subscribe({ topics: own, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ topic, message }) => {
        const text = message.value?.toString() ?? '';
        const data = (text === '' ? null : JSON.parse(text)) as Heard['data'];
        wire.heard.push({ ...fromHeaders(message.headers ?? {}), topic: topic.slice(topicPrefix.length), text, data });
        return Promise.resolve();
      },
    });
    return wire;
  }

  /** What was heard of one type, of all aggregates or of one. */
  of<C extends MessageContract>(contract: C, aggregateId?: string): (Envelope & { data: DataOf<C> })[] {
    return this.heard.filter(
      ({ type, source }) => type === contract.type && (aggregateId === undefined || source.endsWith(`/${aggregateId}`)),
    ) as unknown as (Envelope & { data: DataOf<C> })[];
  }

  about(aggregateId: string): Heard[] {
    return this.heard.filter(({ source }) => source.endsWith(`/${aggregateId}`));
  }

  /** Where what was heard departs from its own contract, which nothing may. */
  violations(): string[] {
    return this.heard.flatMap(({ type, text, data }) => {
      if (text === '') return [];
      const contract = contractOf(type);
      return contract === undefined
        ? [`${type} is unknown`]
        : problemsOf(contract, data).map(({ pointer }) => `${type} ${pointer}`);
    });
  }

  /** Says the contract's example with these changes, as the next message of the aggregate. */
  async say<C extends MessageContract>(
    contract: C,
    tenantId: string,
    aggregateId: string,
    data: Partial<DataOf<C>> & object,
  ): Promise<Said> {
    const said = this.prepare(contract, tenantId, aggregateId, data);
    await this.send(said);
    return said;
  }

  /** Says exactly this, whatever the contract's example has become since. */
  async sayAsItWas(
    { topic, type }: MessageContract,
    tenantId: string,
    aggregateId: string,
    data: object,
  ): Promise<void> {
    await this.send(this.#said(topic, type, tenantId, aggregateId, JSON.stringify(data)));
  }

  prepare<C extends MessageContract>(
    contract: C,
    tenantId: string,
    aggregateId: string,
    data: Partial<DataOf<C>> & object,
  ): Said {
    const value = JSON.stringify({ ...(contract.example as object), ...data });
    return this.#said(contract.topic, contract.type, tenantId, aggregateId, value);
  }

  async erase(topic: TopicContract, tenantId: string, aggregateId: string): Promise<void> {
    await this.send(this.#said(topic, 'expo-accord.tombstone.v1', tenantId, aggregateId, null));
  }

  /** Sends as it is, also for a second time. */
  async send(...said: Said[]): Promise<void> {
    const names = [...new Set(said.map(({ topic }) => topic))];
    await this.producer.sendBatch({
      topicMessages: names.map((topic) => ({
        topic,
        messages: said.filter((each) => each.topic === topic).map(({ message }) => message),
      })),
    });
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
    await this.consumer.disconnect();
  }

  #said(topic: TopicContract, type: string, tenantId: string, aggregateId: string, value: string | null): Said {
    const id = newId();
    const source = `/${topic.aggregate}/${aggregateId}`;
    const sequence = (this.#sequences.get(source) ?? 0) + 1;
    this.#sequences.set(source, sequence);
    const key = `${tenantId}/${aggregateId}`;
    const headers = toHeaders({
      id,
      source,
      type,
      subject: aggregateId,
      time: new Date().toISOString(),
      partitionKey: key,
      tenantId,
      correlationId: id,
      causationId: id,
      epoch: 1,
      sequence,
    });
    return { topic: `${this.prefix}${topic.name}`, id, message: { key, value, headers } };
  }
}
