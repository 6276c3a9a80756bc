import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { kafkaClient, prefixed, REQUEST_TIMEOUT_MS } from './kafka/kafka-client';
import { type KafkaConfig } from './kafka/kafka.settings';
import { KafkajsPublisher } from './kafka/kafkajs-publisher';
import { KafkajsSubscription } from './kafka/kafkajs-subscription';
import { MESSAGING_OPTIONS, type MessagingOptions } from './messaging.options';
import { Outbox } from './outbox/outbox';
import { RelayBell } from './outbox/relay-bell';
import { Relay } from './relay/relay';

/** Gives the whole application its `Outbox`, and a relay that empties it. Needs `databaseModule`. */
@Module({})
export class MessagingModule {
  static forRoot(options: { service: string; kafka: KafkaConfig }): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: messagingOver(options.service, options.kafka) },
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
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    exit: (reason) => {
      new Logger(MessagingModule.name).fatal(reason);
      process.exit(1);
    },
  };
}
