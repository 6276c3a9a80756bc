import './kafkajs-connections';
import './kafkajs-records';
import './kafkajs-timers';
import { readFileSync } from 'node:fs';
import { Kafka, type KafkaConfig as ClientOptions, logLevel, type SASLOptions } from 'kafkajs';
import { kafkaLog } from './kafka-log';
import { type KafkaConfig } from './kafka.settings';

/** How long a request may stay unanswered, and so how long an unanswered one may still take effect. */
export const REQUEST_TIMEOUT_MS = 6_000;
const CONNECTION_TIMEOUT_MS = 3_000;

/** Told outright, because the defaults differ between producer, consumer and admin. */
export const RETRIES = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 };

export function kafkaClient(config: KafkaConfig, name: string, requestTimeoutMs = REQUEST_TIMEOUT_MS): Kafka {
  const sasl = saslOf(config);
  return new Kafka({
    clientId: config.KAFKA_CLIENT_ID ?? name,
    brokers: [...config.KAFKA_BROKERS],
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    authenticationTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: requestTimeoutMs,
    enforceRequestTimeout: true,
    retry: RETRIES,
    ssl: tlsOf(config),
    ...(sasl === undefined ? {} : { sasl }),
    logLevel: logLevel.WARN,
    logCreator: kafkaLog,
  });
}

function tlsOf({ KAFKA_TLS: tls, KAFKA_CA_FILE: caFile }: KafkaConfig): NonNullable<ClientOptions['ssl']> {
  if (!tls) {
    return false;
  }
  return caFile === undefined ? true : { ca: [authorityIn(caFile)] };
}

function authorityIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`KAFKA_CA_FILE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function saslOf(config: KafkaConfig): SASLOptions | undefined {
  const mechanism = config.KAFKA_SASL_MECHANISM;
  if (mechanism === 'none') {
    return undefined;
  }
  const login = { username: config.KAFKA_SASL_USERNAME ?? '', password: config.KAFKA_SASL_PASSWORD ?? '' };
  return { mechanism, ...login };
}

/** Topics and groups of this installation, on a cluster that others may share. */
export function prefixed(config: KafkaConfig, name: string): string {
  return `${config.KAFKA_TOPIC_PREFIX ?? ''}${name}`;
}
