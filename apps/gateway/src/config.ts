import { databaseSettings } from '@expo-accord/database';
import { httpSettings } from '@expo-accord/http';
import {
  defineSettings,
  type Environment,
  integer,
  pem,
  port,
  readSettings,
  type SettingsOf,
  url,
} from '@expo-accord/settings';

export const settings = defineSettings({
  ...httpSettings,
  HTTP_PORT: port({ desc: 'Port to listen on; 0 lets the operating system choose', default: 3000 }),
  ...databaseSettings,
  CALLER_TOKEN_PRIVATE_KEY: pem('PRIVATE KEY', {
    desc: 'Ed25519 private key (PKCS8) that signs every call to a service',
    secret: true,
  }),
  EVENTS_URL: url({ desc: 'Where the events service answers', default: 'http://127.0.0.1:3001' }),
  REGISTRATIONS_URL: url({ desc: 'Where the registrations service answers', default: 'http://127.0.0.1:3002' }),
  AGREEMENTS_URL: url({ desc: 'Where the agreements service answers', default: 'http://127.0.0.1:3003' }),
  NOTIFICATIONS_URL: url({ desc: 'Where the notifications service answers', default: 'http://127.0.0.1:3004' }),
  KEY_CACHE_MS: integer({
    desc: 'How long a key is trusted without looking again, and so how long a revoked one may still work, in milliseconds',
    default: 3_000,
    min: 0,
    max: 60_000,
  }),
  UPSTREAM_TIMEOUT_MS: integer({
    desc: 'How long a service may take to begin its answer, in milliseconds; uploads may take any time',
    default: 30_000,
    min: 100,
  }),
});

export type GatewayConfig = SettingsOf<typeof settings>;

export const GATEWAY_CONFIG = Symbol('GatewayConfig');

/** @throws SettingsError naming the variable that is missing or wrong */
export function loadConfig(env: Environment = process.env): GatewayConfig {
  return readSettings(settings, env);
}
