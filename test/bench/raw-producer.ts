import { CompressionTypes, Kafka, logLevel, type Producer } from 'kafkajs';
import { type TestKafka } from '../support/infrastructure';
import { differences, now } from './latencies';
import { atPace } from './pace';
import { type RawMessage, rawMessage, type Stretch } from './series-stream';

/** More would exceed what a broker takes of one partition at once. */
const SENT_AT_MOST = 500;

/**
 * kafkajs with its own defaults, one send in flight, acknowledged by all: what everything is compared with. It encodes
 * records as quickly as the relay does, because this process has loaded libs/messaging.
 */
export class RawProducer {
  private constructor(
    private readonly producer: Producer,
    private readonly topic: string,
  ) {}

  static async connect({ brokers, topicPrefix }: TestKafka, topic: string): Promise<RawProducer> {
    const kafka = new Kafka({ clientId: 'bench', brokers, logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ allowAutoTopicCreation: false, maxInFlightRequests: 1 });
    await producer.connect();
    return new RawProducer(producer, topicPrefix + topic);
  }

  async send(messages: (RawMessage & { partition?: number })[]): Promise<void> {
    await this.producer.sendBatch({
      acks: -1,
      compression: CompressionTypes.None,
      topicMessages: [{ topic: this.topic, messages }],
    });
  }

  /** Messages a second, when as much is sent as goes through, so many in each send. */
  async sendAll(messages: RawMessage[], atOnce: number): Promise<number> {
    const startedAt = now();
    for (let from = 0; from < messages.length; from += atOnce) {
      await this.send(messages.slice(from, from + atOnce));
    }
    return (messages.length / (now() - startedAt)) * 1_000;
  }

  /** Milliseconds from the moment each message is there until it is acknowledged. What comes meanwhile is sent together. */
  async latenciesAtPace(stretch: Stretch, perSecond: number, atOnce: number): Promise<Float64Array> {
    const there = new Float64Array(stretch.messages);
    const acknowledged = new Float64Array(stretch.messages).fill(NaN);
    const waiting: RawMessage[] = [];
    let sent = 0;
    let sending = Promise.resolve();
    let isSending = false;
    const flush = async (): Promise<void> => {
      while (waiting.length > 0) {
        const batch = waiting.splice(0, SENT_AT_MOST);
        await this.send(batch);
        acknowledged.fill(now(), sent, (sent += batch.length));
      }
      isSending = false;
    };
    await atPace({ count: Math.ceil(stretch.messages / atOnce), perSecond: perSecond / atOnce, workers: 1 }, (nth) => {
      const to = Math.min((nth + 1) * atOnce, stretch.messages);
      for (let n = nth * atOnce; n < to; n += 1) waiting.push(rawMessage(stretch, n));
      there.fill(now(), nth * atOnce, to);
      if (!isSending) {
        isSending = true;
        sending = flush();
        // Told below, where it is waited for.
        sending.catch(() => undefined);
      }
      return Promise.resolve();
    });
    await sending;
    return differences(there, acknowledged);
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }
}
