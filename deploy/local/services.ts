import { pathToFileURL } from 'node:url';
import { type ServiceName } from '@expo-accord/contracts';
import { isKafkaUser, kafkaLogin, type KafkaPasswords } from './kafka-users';

/** In the order in which they are started; stopped the other way round, so that the gateway is the first to go. */
export const serviceNames = [
  'events',
  'registrations',
  'agreements',
  'notifications',
  'gateway',
] as const satisfies ServiceName[];

export interface ServiceKeys {
  /** Ed25519: the gateway signs caller tokens, the services check them. */
  callerTokenPrivateKey: string;
  callerTokenPublicKey: string;
  /** Encrypts the secrets of webhook endpoints at rest. */
  webhookSecretKey: string;
  /** Recognises a person within an event by hashes. */
  registrantFingerprintKey: string;
  /** Ed25519: signs tickets. To rotate, put a new PEM block before those that are there. */
  ticketSigningKeys: string;
}

export interface ServiceSurroundings {
  ports: Record<ServiceName, number>;
  /** With the service's own role and password. */
  databaseUrls: Record<ServiceName, string>;
  brokers: string[];
  kafkaPasswords: KafkaPasswords;
  topicPrefix: string;
  smtpUrl: string;
  /** The folder that documents of agreements are kept in. */
  documents: string;
  keys: ServiceKeys;
  /** The services' own default when not given. */
  logLevel?: string;
}

/** Of what this process was given, only what any program needs: a developer's own DATABASE_URL stays outside. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'SYSTEMROOT', 'NODE_EXTRA_CA_CERTS'];

/** The environment of one service: the names and forms that its config.ts reads. */
export function serviceEnvironment(service: ServiceName, around: ServiceSurroundings): Record<string, string> {
  const urlOf = (name: ServiceName): string => `http://127.0.0.1:${around.ports[name]}`;
  /** Of a service behind the gateway, which itself neither speaks Kafka nor is called with a token. */
  const behindGateway = {
    KAFKA_BROKERS: around.brokers.join(','),
    KAFKA_CLIENT_ID: service,
    KAFKA_TOPIC_PREFIX: around.topicPrefix,
    ...(isKafkaUser(service) && kafkaLogin(service, around.kafkaPasswords)),
    CALLER_TOKEN_PUBLIC_KEY: onOneLine(around.keys.callerTokenPublicKey),
  };
  const own: Record<ServiceName, Record<string, string>> = {
    events: behindGateway,
    agreements: { ...behindGateway, DOCUMENT_STORE_URL: pathToFileURL(around.documents).href },
    gateway: {
      CALLER_TOKEN_PRIVATE_KEY: onOneLine(around.keys.callerTokenPrivateKey),
      EVENTS_URL: urlOf('events'),
      REGISTRATIONS_URL: urlOf('registrations'),
      AGREEMENTS_URL: urlOf('agreements'),
      NOTIFICATIONS_URL: urlOf('notifications'),
    },
    registrations: {
      ...behindGateway,
      REGISTRANT_FINGERPRINT_KEY: around.keys.registrantFingerprintKey,
      TICKET_SIGNING_KEYS: onOneLine(around.keys.ticketSigningKeys),
    },
    notifications: {
      ...behindGateway,
      SMTP_URL: around.smtpUrl,
      SMTP_FROM: 'Expo Accord <no-reply@expo-accord.example>',
      WEBHOOK_SECRET_KEY: around.keys.webhookSecretKey,
      // Here the receivers of webhooks are programs on the same machine.
      WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
    },
  };
  return {
    ...Object.fromEntries(
      inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
    NODE_ENV: 'production',
    ...(around.logLevel !== undefined && { LOG_LEVEL: around.logLevel }),
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(around.ports[service]),
    PUBLIC_URL: urlOf('gateway'),
    DATABASE_URL: around.databaseUrls[service],
    DATABASE_SCHEMA: service,
    ...own[service],
  };
}

function onOneLine(pem: string): string {
  return pem.trim().replaceAll('\n', '\\n');
}
