import { databaseSettings } from '@expo-accord/database';
import { callerTokenSettings, httpSettings } from '@expo-accord/http';
import { kafkaSettings } from '@expo-accord/messaging';
import {
  defineSettings,
  type Environment,
  flag,
  integer,
  readSettings,
  SettingsError,
  type SettingsOf,
  text,
  url,
} from '@expo-accord/settings';

export const settings = defineSettings({
  ...httpSettings,
  ...callerTokenSettings,
  ...databaseSettings,
  ...kafkaSettings,
  SMTP_URL: url({
    desc: 'Mail server, with user and password where it asks for them',
    protocols: ['smtp', 'smtps'],
    example: 'smtps://user:password@mail.example.org:465',
    secret: true,
  }),
  SMTP_FROM: text({ desc: 'Sender of every mail', example: 'Expo Accord <no-reply@expo.example.org>' }),
  SMTP_CONNECTIONS: integer({ desc: 'Connections to the mail server at most', default: 5, min: 1, max: 100 }),
  WEBHOOK_SECRET_KEY: text({
    desc: "32 bytes in base64 that encrypt the webhook endpoints' secrets in the database",
    example: 'the output of: openssl rand -base64 32',
    secret: true,
  }),
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: flag({
    desc: 'Whether webhooks may go to private addresses and over plain http, for development and closed networks',
    default: false,
  }),
  WEBHOOK_TIMEOUT_MS: integer({
    desc: 'How long a webhook receiver may take to answer',
    default: 15_000,
    min: 100,
    max: 30_000,
  }),
  WEBHOOK_TRACEPARENT: flag({
    desc: 'Whether webhooks carry the trace context (traceparent), for receivers that belong to you',
    default: false,
  }),
  DELIVERY_RETRY_SCALE_PPM: integer({
    desc: 'Length of the retry schedule in millionths of the published one',
    default: 1_000_000,
    min: 1,
    max: 10_000_000,
  }),
  DELIVERY_LEASE_MS: integer({
    desc: 'When a delivery whose worker was killed is taken up by another; longer than any attempt takes',
    default: 60_000,
    min: 1_000,
  }),
});

export type NotificationsConfig = SettingsOf<typeof settings>;

const SECRET_KEY_BYTES = 32;

/** @throws SettingsError naming the variable that is missing or wrong */
export function loadConfig(env: Environment = process.env): NotificationsConfig {
  const config = readSettings(settings, env);
  if (secretKeyOf(config).length !== SECRET_KEY_BYTES) {
    throw new SettingsError(
      ['WEBHOOK_SECRET_KEY'],
      [`WEBHOOK_SECRET_KEY is set to something else, but must be ${SECRET_KEY_BYTES} bytes in base64`],
    );
  }
  return config;
}

export function secretKeyOf(config: NotificationsConfig): Buffer {
  return Buffer.from(config.WEBHOOK_SECRET_KEY, 'base64');
}
