import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTopics, type IncomingRecord, type KafkaConfig, kafkaSettings, readTopics } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { type RunningKafka, startKafka } from '../../deploy/local/kafka';
import { kafkaLogin } from '../../deploy/local/kafka-users';
import { newSecrets } from '../../deploy/local/secrets';
import { KafkaProxy } from './kafka-proxy';

const passwords = newSecrets().kafkaPasswords;

/** A broker of the spec's own, to be killed at will, and a proxy before it. */
export class KafkaTrial {
  #topics = 0;

  private constructor(
    private readonly folder: string,
    readonly proxy: KafkaProxy,
    private kafka: RunningKafka,
  ) {}

  static async start(): Promise<KafkaTrial> {
    const folder = mkdtempSync(join(tmpdir(), 'expo-accord-kafka-'));
    const proxy = await KafkaProxy.listen();
    const kafka = await startKafka({ folder, passwords, open: { proxyPort: proxy.port }, brief: true });
    proxy.brokerPort = kafka.openPort ?? 0;
    return new KafkaTrial(folder, proxy, kafka);
  }

  /** Reaches the broker past the proxy. */
  get config(): KafkaConfig {
    return configFor(this.kafka.brokers, kafkaLogin('admin', passwords));
  }

  /** kill -9, and started again on the same folder. */
  async crash(): Promise<void> {
    await this.kafka.process.kill();
    const port = Number(this.kafka.brokers[0]?.split(':')[1]);
    const open = { proxyPort: this.proxy.port };
    this.kafka = await startKafka({ folder: this.folder, port, passwords, open, brief: true });
    this.proxy.brokerPort = this.kafka.openPort ?? 0;
  }

  /** A topic that nobody else uses. */
  async topic(partitions: number): Promise<string> {
    const name = `trial-${(this.#topics += 1)}`;
    const topic = { name, owner: 'events', aggregate: 'trials', partitions } as const;
    const kept = { retention: 'forever', cleanup: 'delete', visibility: 'public' } as const;
    await createTopics(this.config, [{ ...topic, ...kept }], [], () => undefined);
    return name;
  }

  async recordsOf(...topics: string[]): Promise<IncomingRecord[]> {
    const records: IncomingRecord[] = [];
    await readTopics(this.config, topics, (record) => records.push(record));
    return records;
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.kafka.process.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function configFor(brokers: readonly string[], login: Record<string, string> = {}): KafkaConfig {
  return readSettings(kafkaSettings, { KAFKA_BROKERS: brokers.join(','), ...login });
}
