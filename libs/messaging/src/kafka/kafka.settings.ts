import { defineSettings, flag, list, oneOf, optional, type SettingsOf, text } from '@expo-accord/settings';

/** How a process reaches Kafka, with a principal of its own where the cluster asks for one. */
export const kafkaSettings = defineSettings({
  KAFKA_BROKERS: list({
    desc: 'Kafka brokers to begin with',
    example: 'kafka-1:9092,kafka-2:9092',
    item: /^[^\s:]+:\d+$|^\[[0-9a-fA-F:]+\]:\d+$/,
    itemIs: 'host:port',
  }),
  KAFKA_CLIENT_ID: optional(text({ desc: 'Name of this process in the logs of the brokers; the service, if not set' })),
  KAFKA_TOPIC_PREFIX: optional(
    text({ desc: 'Put before every topic and consumer group, where clusters are shared', example: 'staging.' }),
  ),
  KAFKA_TLS: flag({ desc: 'Whether to encrypt towards Kafka', default: false }),
  KAFKA_CA_FILE: optional(text({ desc: 'PEM file of the authority that signed the certificates of the brokers' })),
  KAFKA_SASL_MECHANISM: oneOf(['none', 'plain', 'scram-sha-256', 'scram-sha-512'], {
    desc: 'How to log in to Kafka',
    default: 'none',
  }),
  KAFKA_SASL_USERNAME: optional(text({ desc: 'User for Kafka, where a mechanism is set' })),
  KAFKA_SASL_PASSWORD: optional(text({ desc: 'Password for Kafka, where a mechanism is set', secret: true })),
});

export type KafkaConfig = SettingsOf<typeof kafkaSettings>;
