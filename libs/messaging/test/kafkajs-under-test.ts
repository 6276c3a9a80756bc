import { kafkaClient } from '../src/kafka/kafka-client';
import { KafkajsPublisher } from '../src/kafka/kafkajs-publisher';
import { KafkajsSubscription } from '../src/kafka/kafkajs-subscription';
import { type ClientUnderTest } from './client-under-test';

export const kafkajs: ClientUnderTest = {
  publisher: (config, requestTimeoutMs) =>
    new KafkajsPublisher(kafkaClient(config, 'conformance', requestTimeoutMs), ''),
  subscription: (config, { groupId, topics }, events) =>
    new KafkajsSubscription({ kafka: kafkaClient(config, groupId), groupId, topics, prefix: '' }, events),
};
