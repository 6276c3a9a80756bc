import { Logger } from '@nestjs/common';
import { type Kafka } from 'kafkajs';
import { readSettings } from '@expo-accord/settings';
import { kafkaClient } from './kafka-client';
import { kafkaSettings } from './kafka.settings';
import { KafkajsSubscription } from './kafkajs-subscription';

const nobody = { assigned: () => Promise.resolve(), batch: () => Promise.resolve(), alive: () => undefined };

const kafka = (): Kafka => kafkaClient(readSettings(kafkaSettings, { KAFKA_BROKERS: 'nobody:1' }), 'spec');

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('a subscription whose client has crashed and not yet started again', () => {
  const subscription = new KafkajsSubscription(
    { kafka: kafka(), groupId: 'spec', topics: ['topic'], prefix: '' },
    { ...nobody, died: () => undefined },
  );
  const partition = { topic: 'topic', partition: 0 };

  it('bears being told to pause and to seek, for it asks where to read once it has joined again', () => {
    expect(() => {
      subscription.pause(partition, 1);
    }).not.toThrow();
    expect(() => {
      subscription.seek(partition, 1n);
    }).not.toThrow();
  });
});
