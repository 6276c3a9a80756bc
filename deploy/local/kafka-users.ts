import { type ServiceName } from '@expo-accord/contracts';

/** A downstream system of somebody else's, which may read what is public. */
export const outsider = 'partner';

/**
 * Those who log in to the local Kafka: who sets up, every service but the gateway, which has no business there, and
 * somebody outside.
 */
export const kafkaUsers = [
  'admin',
  'events',
  'registrations',
  'agreements',
  'notifications',
  outsider,
] as const satisfies ('admin' | typeof outsider | ServiceName)[];

export type KafkaUser = (typeof kafkaUsers)[number];
export type KafkaPasswords = Record<KafkaUser, string>;

export function isKafkaUser(service: ServiceName): service is ServiceName & KafkaUser {
  return kafkaUsers.some((user) => user === service);
}

/** The settings by which a program logs in as this user. */
export function kafkaLogin(user: KafkaUser, passwords: KafkaPasswords): Record<string, string> {
  return { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: user, KAFKA_SASL_PASSWORD: passwords[user] };
}
