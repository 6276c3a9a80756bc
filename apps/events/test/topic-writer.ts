import { type DataOf, type MessageContract, toHeaders } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { Kafka, logLevel } from 'kafkajs';
import { type TestKafka } from '../../../test/support/infrastructure';

export interface Said {
  topic: string;
  key: string;
  headers: Record<string, string>;
  value: string;
}

/** Messages as another service would say them, numbered per aggregate. */
export class OtherServices {
  readonly #sequences = new Map<string, number>();

  constructor(
    private readonly kafka: TestKafka,
    private readonly tenantId: string,
  ) {}

  says<C extends MessageContract>(contract: C, aggregateId: string, data: Partial<DataOf<C>>): Said {
    const source = `/${contract.topic.aggregate}/${aggregateId}`;
    const sequence = (this.#sequences.get(source) ?? 0) + 1;
    this.#sequences.set(source, sequence);
    const id = newId();
    const key = `${this.tenantId}/${aggregateId}`;
    const headers = toHeaders({
      id,
      source,
      type: contract.type,
      subject: aggregateId,
      time: new Date().toISOString(),
      partitionKey: key,
      tenantId: this.tenantId,
      correlationId: id,
      causationId: id,
      epoch: 1,
      sequence,
    });
    return {
      topic: contract.topic.name,
      key,
      headers,
      value: JSON.stringify({ ...(contract.example as object), ...data }),
    };
  }

  async send(messages: readonly Said[]): Promise<void> {
    const { brokers, topicPrefix } = this.kafka;
    const producer = new Kafka({ clientId: 'other', brokers, logLevel: logLevel.NOTHING }).producer();
    await producer.connect();
    const byTopic = new Map<string, Said[]>();
    for (const message of messages) byTopic.set(message.topic, [...(byTopic.get(message.topic) ?? []), message]);
    await producer.sendBatch({
      topicMessages: [...byTopic].map(([topic, said]) => ({
        topic: topicPrefix + topic,
        messages: said.map(({ key, headers, value }) => ({ key, headers, value })),
      })),
    });
    await producer.disconnect();
  }
}

/** Everything that a topic holds, from the beginning, until as many have come as were asked for. */
export async function readTopic(
  { brokers, topicPrefix }: TestKafka,
  topic: string,
  count: number,
): Promise<{ type: string; tenant: string; data: Record<string, unknown> }[]> {
  const consumer = new Kafka({ clientId: 'outsider', brokers, logLevel: logLevel.NOTHING }).consumer({
    groupId: `${topicPrefix}outsider-${newId()}`,
    maxWaitTimeInMs: 100,
  });
  await consumer.connect();
  await consumer.subscribe({ topic: topicPrefix + topic, fromBeginning: true });
  const read: { type: string; tenant: string; data: Record<string, unknown> }[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const tooLate = setTimeout(() => {
        reject(new Error(`${read.length} of ${count} messages came`));
      }, 20_000);
      void consumer.run({
        eachMessage: ({ message: { headers = {}, value } }) => {
          const data = JSON.parse(String(value)) as Record<string, unknown>;
          read.push({ type: String(headers.ce_type), tenant: String(headers.ce_tenant), data });
          if (read.length >= count) {
            clearTimeout(tooLate);
            resolve();
          }
          return Promise.resolve();
        },
      });
    });
  } finally {
    await consumer.disconnect();
  }
  return read;
}
