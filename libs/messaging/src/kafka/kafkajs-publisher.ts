import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer } from 'kafkajs';
import { RETRIES } from './kafka-client';
import { type OutgoingRecord, type Publisher } from './kafka.port';
import { partitionOfKey } from './partition-of-key';

/** Kafka answered, but not for every partition that was written to. */
export class IncompleteAcknowledgement extends Error {
  override readonly name = 'IncompleteAcknowledgement';
}

/**
 * An idempotent producer with one send in flight: kafkajs loses acknowledged data when sends overlap and a response is
 * lost. A partition comes from the key by murmur2, as every other client computes it.
 */
export class KafkajsPublisher implements Publisher {
  readonly #producer: Producer;
  readonly #written = new Set<string>();

  constructor(
    kafka: Kafka,
    private readonly prefix: string,
  ) {
    this.#producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: RETRIES,
      createPartitioner: () => {
        const inTurn = Partitioners.DefaultPartitioner();
        return (args) => {
          const { topic, message, partitionMetadata } = args;
          const { key } = message;
          const partition =
            key === null || key === undefined ? inTurn(args) : partitionOfKey(key, partitionMetadata.length);
          this.#written.add(`${topic}/${partition}`);
          return partition;
        };
      },
    });
  }

  async connect(): Promise<void> {
    await this.#producer.connect();
  }

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.#written.clear();
    const acknowledged = await this.#producer.sendBatch({
      acks: -1,
      compression: CompressionTypes.None,
      topicMessages: this.#byTopic(records),
    });
    const complete = new Set(
      acknowledged
        .filter(({ errorCode }) => errorCode === 0)
        .map(({ topicName, partition }) => `${topicName}/${partition}`),
    );
    const missing = [...this.#written].filter((written) => !complete.has(written));
    if (missing.length > 0) {
      throw new IncompleteAcknowledgement(`Kafka did not acknowledge ${missing.join(', ')}`);
    }
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
  }

  #byTopic(records: readonly OutgoingRecord[]): { topic: string; messages: Message[] }[] {
    const topics = new Map<string, Message[]>();
    for (const { topic, key, headers, value } of records) {
      const messages = topics.get(topic) ?? [];
      topics.set(topic, messages);
      messages.push({ key, value, headers: { ...headers } });
    }
    return [...topics].map(([topic, messages]) => ({ topic: this.prefix + topic, messages }));
  }
}
