import { topics } from '@expo-accord/contracts';
import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { kafkaClient, prefixed, REQUEST_TIMEOUT_MS } from './kafka/kafka-client';
import { type KafkaConfig } from './kafka/kafka.settings';
import { KafkajsPublisher } from './kafka/kafkajs-publisher';
import { KafkajsSubscription } from './kafka/kafkajs-subscription';
import { topicTails } from './kafka/topic-tails';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging.options';
import { beginEpochAtRest } from './outbox/epoch';
import { Outbox } from './outbox/outbox';
import { RelayBell } from './outbox/relay-bell';
import { Relay } from './relay/relay';

const EPOCH = Symbol('EPOCH');

/** Gives the whole application its `Outbox`, and a relay that empties it. Needs `databaseModule`. */
@Module({})
export class MessagingModule {
  static forRoot(options: { service: string; kafka: KafkaConfig }): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: messagingOver(options.service, options.kafka) },
        // Before anything listens, reads or works: nobody can have said anything yet.
        { provide: EPOCH, useFactory: beginEpochAtRest, inject: [DataSource] },
        Outbox,
        RelayBell,
        Relay,
      ],
      exports: [MESSAGING_OPTIONS, Outbox, Relay],
    };
  }
}

function messagingOver(service: string, config: KafkaConfig): MessagingOptions {
  const prefix = prefixed(config, '');
  return {
    publisher: () => new KafkajsPublisher(kafkaClient(config, service), prefix),
    subscription: (consumer, topics, events) =>
      new KafkajsSubscription(
        { kafka: kafkaClient(config, consumer), groupId: prefixed(config, consumer), topics, prefix },
        events,
      ),
    topicTails: () => topicTails(config, service),
    ownTopics: topics.filter(({ owner }) => owner === service).map(({ name }) => name),
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    exit: (reason) => {
      new Logger(MessagingModule.name).fatal(reason);
      process.exit(1);
    },
  };
}
