import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { deliveryTopic, seriesTopic } from '@expo-accord/contracts';
import { type TopicDifference } from '@expo-accord/messaging';
import { testKafka, type TestKafka } from '../../../../test/support/infrastructure';
import { until } from '../../../../test/support/until';
import { answerOf, expoAccord, expoAccordProcess } from '../../test/run-command';

let kafka: TestKafka;

beforeAll(() => {
  kafka = testKafka();
});

afterAll(async () => {
  await kafka.drop();
});

interface Checked {
  topics: number;
  differences: TopicDifference[];
}

describe('expo-accord topics', () => {
  it('names every topic that is missing, creates it as declared, and then finds no difference', async () => {
    const missing = await answerOf<Checked>(kafka.env, 'topics', 'check', '--service', 'notifications');
    expect([missing.code, missing.differences.map(({ topic, actual }) => `${topic} ${actual}`)]).toEqual([
      1,
      [
        'notifications.delivery missing',
        'dead-letters.notifications.contacts missing',
        'dead-letters.notifications.events missing',
        'dead-letters.notifications.registrations missing',
        'dead-letters.notifications.webhooks missing',
      ],
    ]);
    expect((await answerOf<{ created: string[] }>(kafka.env, 'topics', 'create')).created).toContain('events.series');
    expect(await answerOf(kafka.env, 'topics', 'create')).toEqual({ created: [], code: 0 });
    expect(await answerOf<Checked>(kafka.env, 'topics', 'check')).toMatchObject({ code: 0, differences: [] });
    const listed = await expoAccord(kafka.env, 'topics', 'list');
    expect(listed.stdout).toMatch(/events\.series +│ events +│ +\d+ │ delete +│ forever +│ public +│ +0 │ yes/);
    const described = await expoAccord(kafka.env, 'topics', 'describe', 'registrations.contact');
    expect([described.code, described.stdout]).toEqual([0, expect.stringMatching(/cleanup\.policy +│ compact/)]);
  });

  it('names retention, partitions and replication that are not as declared', async () => {
    await answerOf(kafka.env, 'topics', 'create');
    const admin = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const name = `${kafka.topicPrefix}${seriesTopic.name}`;
    const configEntries = [{ name: 'retention.ms', value: '604800000' }];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name, configEntries }],
    });
    const delivery = `${kafka.topicPrefix}${deliveryTopic.name}`;
    await admin.createPartitions({ topicPartitions: [{ topic: delivery, count: deliveryTopic.partitions + 1 }] });
    await admin.disconnect();

    // The controller has taken both, which the broker that answers may not have heard yet.
    const check = () => answerOf<Checked>(kafka.env, 'topics', 'check');
    const { code, differences } = await until(check, (checked) => checked.differences.length === 2);
    expect([code, differences]).toEqual([
      1,
      [
        { topic: 'events.series', property: 'retention.ms', expected: '-1', actual: '604800000' },
        {
          topic: 'notifications.delivery',
          property: 'partitions',
          expected: String(deliveryTopic.partitions),
          actual: String(deliveryTopic.partitions + 1),
        },
      ],
    ]);
    const replicated = await answerOf<Checked>(kafka.env, 'topics', 'check', '--replication', '3');
    expect(replicated.differences.filter(({ property }) => property === 'replication')).toHaveLength(replicated.topics);
    const { stdout } = await expoAccord(kafka.env, 'topics', 'check');
    expect(stdout).toMatch(/events\.series +│ retention\.ms +│ -1 +│ 604800000/);
  });

  it('says within seconds that Kafka cannot be reached, whether nobody listens or nobody answers', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).unref()).listen(0, '127.0.0.1');
    silent.unref();
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    for (const broker of ['127.0.0.1:1', `127.0.0.1:${port}`]) {
      const began = Date.now();
      const { code, stdout, stderr } = await expoAccordProcess({ KAFKA_BROKERS: broker }, 'topics', 'check', '--json');
      expect([code, stdout, stderr.trim().split('\n')]).toEqual([
        3,
        '',
        [expect.stringContaining(`Kafka at ${broker} cannot be reached (`)],
      ]);
      expect(Date.now() - began).toBeLessThan(60_000);
    }
    silent.close();
  });

  it('says what is wrong with what was typed', async () => {
    for (const [args, complaint] of [
      [['topics', 'check', '--replication', 'three'], 'It must be a whole number.'],
      [['topics', 'describe', 'nothing'], 'No contract declares a topic nothing'],
      [['topics', 'check', '--service', 'payments'], 'There is no service payments'],
      [['tpics'], "unknown command 'tpics'"],
    ] as const) {
      const { code, stdout, stderr } = await expoAccord(kafka.env, ...args);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(complaint)]);
    }
    const { code, stderr } = await expoAccordProcess({}, 'topics', 'list');
    expect([code, stderr]).toEqual([2, expect.stringContaining('KAFKA_BROKERS is missing')]);
  });
});
