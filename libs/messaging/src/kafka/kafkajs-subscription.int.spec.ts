import { Logger } from '@nestjs/common';
import { KafkaTrial } from '../../../../test/support/kafka-trial';
import { until } from '../../../../test/support/until';
import { numbered } from '../../test/client-under-test';
import { kafkajs } from '../../test/kafkajs-under-test';
import { GroupLedger, RecordingMember } from '../../test/recording-member';
import { subscriptionConformance } from '../../test/subscription-conformance';
import { kafkaClient } from './kafka-client';

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('reading by kafkajs', () => {
  subscriptionConformance(kafkajs);
});

describe('whoever watches a group in Kafka', () => {
  it('sees how far it has read, a moment later or when it has left', async () => {
    const trial = await KafkaTrial.start();
    const topic = await trial.topic(3);
    const groupId = `group-of-${topic}`;
    const admin = kafkaClient(trial.config, 'spec').admin();
    const publisher = kafkajs.publisher(trial.config, 5_000);
    await Promise.all([admin.connect(), publisher.connect()]);
    const seen = async (): Promise<number> => {
      const [read] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return (read?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    };
    const ledger = new GroupLedger();
    const member = new RecordingMember('one', ledger);
    member.subscription = kafkajs.subscription(trial.config, { groupId, topics: [topic] }, member);
    try {
      await member.subscription.open();
      await publisher.publish(numbered(topic, 0, 300));
      await until(seen, (count) => count === 300);
      await publisher.publish(numbered(topic, 300, 30));
      await ledger.hasTaken(330);
      await member.subscription.close();
      expect(await seen()).toBe(330);
    } finally {
      await Promise.all([member.subscription.close(), publisher.close(), admin.disconnect()]);
      await trial.stop();
    }
  });
});
