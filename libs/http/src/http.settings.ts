import { defineSettings, oneOf, pem, port, type SettingsOf, text, url } from '@expo-accord/settings';
import { logLevels } from '@expo-accord/observability';
import { telemetrySettings } from './telemetry.settings';

/** What every process that answers HTTP reads. */
export const httpSettings = defineSettings({
  HTTP_HOST: text({ desc: 'Address to listen on', default: '127.0.0.1', example: '0.0.0.0' }),
  HTTP_PORT: port({ desc: 'Port to listen on; 0 lets the operating system choose', example: '3001' }),
  PUBLIC_URL: url({
    desc: 'Base of the links in answers and messages: the gateway as outsiders reach it',
    default: 'http://localhost:3000',
  }),
  LOG_LEVEL: oneOf(logLevels, { desc: 'Least severe log entries that are written', default: 'log' }),
  ...telemetrySettings,
});

export type HttpConfig = SettingsOf<typeof httpSettings>;

/** What a service behind the gateway reads to know the gateway's signature. */
export const callerTokenSettings = defineSettings({
  CALLER_TOKEN_PUBLIC_KEY: pem('PUBLIC KEY', {
    desc: "The gateway's Ed25519 public key (SPKI), which signs every call",
  }),
});

export type CallerTokenConfig = SettingsOf<typeof callerTokenSettings>;
