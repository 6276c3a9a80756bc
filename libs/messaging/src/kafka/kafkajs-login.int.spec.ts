import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { seriesTopic } from '@expo-accord/contracts';
import { type RunningKafka, startKafka } from '../../../../deploy/local/kafka';
import { kafkaLogin } from '../../../../deploy/local/kafka-users';
import { newSecrets } from '../../../../deploy/local/secrets';
import { kafkaApi, KafkaProxy } from '../../../../test/support/kafka-proxy';
import { configFor } from '../../../../test/support/kafka-trial';
import { until } from '../../../../test/support/until';
import { numbered } from '../../test/client-under-test';
import { kafkajs } from '../../test/kafkajs-under-test';
import { GroupLedger, RecordingMember } from '../../test/recording-member';
import { createTopics } from './create-topics';
import { type KafkaConfig } from './kafka.settings';

const { kafkaPasswords: passwords } = newSecrets();
let folder: string;
let proxy: KafkaProxy;
let kafka: RunningKafka;
let config: KafkaConfig;

beforeAll(async () => {
  Logger.overrideLogger(false);
  folder = mkdtempSync(join(tmpdir(), 'expo-accord-login-'));
  proxy = await KafkaProxy.listen();
  kafka = await startKafka({ folder, passwords, proxyPort: proxy.port, brief: true });
  proxy.brokerPort = Number(kafka.brokers[0]?.split(':')[1]);
  config = configFor(proxy.brokers, kafkaLogin('admin', passwords));
  await createTopics(config, [seriesTopic], [], () => undefined);
});

afterAll(async () => {
  await proxy.close();
  await kafka.process.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function publish(from: number, count: number): Promise<void> {
  const publisher = kafkajs.publisher(config, 5_000);
  await publisher.connect();
  await publisher.publish(numbered(seriesTopic.name, from, count));
  await publisher.close();
}

describe('a member of a group that has to log in', () => {
  it('outlives a broker that hangs up while it does, as one that crashes may', async () => {
    const ledger = new GroupLedger();
    const member = new RecordingMember('one', ledger);
    const reading = { groupId: 'logs-in', topics: [seriesTopic.name] };
    member.subscription = kafkajs.subscription(config, reading, member);
    await member.subscription.open();
    await publish(0, 10);
    await ledger.hasTaken(10);
    let hungUp = 0;
    proxy.fate = ({ api, direction }) => {
      if (api !== kafkaApi.saslAuthenticate || direction !== 'request') return 'pass';
      hungUp += 1;
      return 'cut';
    };
    proxy.cut();
    await until(
      () => {
        if (ledger.deaths[0] !== undefined) throw ledger.deaths[0];
        return hungUp;
      },
      (times) => times >= 3,
    );
    proxy.heal();
    await publish(10, 10);
    await ledger.hasTaken(20);
    await member.subscription.close();
    expect(ledger.deaths).toEqual([]);
  });
});
