import {
  type DataOf,
  deliveryTopic,
  type Envelope,
  fromHeaders,
  type MessageContract,
  toHeaders,
  type TopicContract,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type Consumer, Kafka, logLevel, type Message, type Producer } from 'kafkajs';

export interface Said {
  topic: string;
  id: string;
  message: Message;
}

export interface Heard {
  envelope: Envelope;
  data: unknown;
}

/** Speaks on Kafka as the other services do, and hears what this one says. */
export class MessageWire {
  readonly heard: Heard[] = [];
  readonly #sequences = new Map<string, number>();

  private constructor(
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly prefix: string,
  ) {}

  static async connect(brokers: string[], prefix: string): Promise<MessageWire> {
    const kafka = new Kafka({ clientId: 'notifications-spec', brokers, logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: `${prefix}spec`, maxWaitTimeInMs: 100 });
    const wire = new MessageWire(kafka.producer(), consumer, prefix);
    await wire.producer.connect();
    await consumer.connect();
    await consumer.subscribe({ topics: [`${prefix}${deliveryTopic.name}`], fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message: { headers = {}, value } }) => {
        wire.heard.push({ envelope: fromHeaders(headers), data: JSON.parse(String(value)) });
        return Promise.resolve();
      },
    });
    return wire;
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

  prepare<C extends MessageContract>(
    contract: C,
    tenantId: string,
    aggregateId: string,
    data: Partial<DataOf<C>> & object,
  ): Said {
    const example = contract.example as object;
    const value = JSON.stringify({ ...example, ...data });
    return this.#said(contract.topic, contract.type, tenantId, aggregateId, value);
  }

  async erase(topic: TopicContract, tenantId: string, aggregateId: string): Promise<void> {
    await this.send(this.#said(topic, 'expo-accord.tombstone.v1', tenantId, aggregateId, null));
  }

  /** Sends as it is, also for a second time. */
  async send(...said: Said[]): Promise<void> {
    const topics = [...new Set(said.map(({ topic }) => topic))];
    await this.producer.sendBatch({
      topicMessages: topics.map((topic) => ({
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
