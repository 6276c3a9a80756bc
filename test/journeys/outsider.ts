import { type Consumer, type IHeaders, Kafka, logLevel } from 'kafkajs';

export interface ReadMessage {
  /** Address of the channel, without the installation's prefix. */
  topic: string;
  key: string;
  headers: Record<string, string>;
  data: unknown;
}

export interface OutsiderLogin {
  brokers: string[];
  user: string;
  password: string;
  topicPrefix: string;
}

/** A downstream system of somebody else's: it has an address and a login, and nothing of ours but what is documented. */
export class Outsider {
  readonly #kafka: Kafka;

  constructor(private readonly login: OutsiderLogin) {
    const { brokers, user: username, password } = login;
    const retry = { retries: 3 };
    this.#kafka = new Kafka({
      brokers,
      sasl: { mechanism: 'plain', username, password },
      logLevel: logLevel.NOTHING,
      retry,
    });
  }

  /** The topics of this installation that Kafka lets it know of. */
  async topics(): Promise<string[]> {
    const { topicPrefix } = this.login;
    const names = await this.#administer((admin) => admin.listTopics());
    return names.filter((name) => name.startsWith(topicPrefix)).map((name) => name.slice(topicPrefix.length));
  }

  /** All that the topics hold at this moment. */
  async read(topics: readonly string[]): Promise<ReadMessage[]> {
    const { user, topicPrefix } = this.login;
    const left = new Map<string, number>();
    for (const topic of topics) {
      const offsets = await this.#administer((admin) => admin.fetchTopicOffsets(topicPrefix + topic));
      for (const { partition, low, high } of offsets) {
        if (high > low) left.set(`${topicPrefix}${topic}/${partition}`, Number(high));
      }
    }
    const consumer = this.#kafka.consumer({ groupId: `${topicPrefix}${user}.downstream` });
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: topics.map((topic) => topicPrefix + topic), fromBeginning: true });
      return await this.#readUntil(left, consumer);
    } finally {
      await consumer.disconnect();
    }
  }

  async write(topic: string): Promise<void> {
    const producer = this.#kafka.producer();
    await producer.connect();
    try {
      await producer.send({ topic: this.login.topicPrefix + topic, messages: [{ key: 'x', value: '{}' }] });
    } finally {
      await producer.disconnect();
    }
  }

  async #readUntil(left: Map<string, number>, consumer: Consumer): Promise<ReadMessage[]> {
    const read: ReadMessage[] = [];
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(payload.error);
      });
      const eachMessage: Parameters<Consumer['run']>[0] = {
        eachMessage: ({ topic, partition, message }) => {
          const { key, value, offset, headers = {} } = message;
          read.push({
            topic: topic.slice(this.login.topicPrefix.length),
            key: String(key),
            headers: textsOf(headers),
            data: JSON.parse(String(value)) as unknown,
          });
          const place = `${topic}/${partition}`;
          if (Number(offset) + 1 >= (left.get(place) ?? 0)) left.delete(place);
          if (left.size === 0) resolve();
          return Promise.resolve();
        },
      };
      consumer.run(eachMessage).catch(reject);
    });
    return read;
  }

  async #administer<T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

function textsOf(headers: IHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
