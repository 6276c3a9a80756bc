import { databaseSettings } from '@expo-accord/database';
import { callerTokenSettings, httpSettings } from '@expo-accord/http';
import { kafkaSettings } from '@expo-accord/messaging';
import {
  defineSettings,
  type Environment,
  pems,
  port,
  readSettings,
  type SettingsOf,
  text,
} from '@expo-accord/settings';

export const settings = defineSettings({
  ...httpSettings,
  HTTP_PORT: port({ desc: 'Port to listen on; 0 lets the operating system choose', default: 3002 }),
  ...callerTokenSettings,
  ...databaseSettings,
  ...kafkaSettings,
  REGISTRANT_FINGERPRINT_KEY: text({
    desc: 'Key of the hashes by which a person is recognised within an event; never change it while events run',
    example: 'the output of: openssl rand -base64 32',
    secret: true,
  }),
  TICKET_SIGNING_KEYS: pems('PRIVATE KEY', {
    desc: 'Ed25519 private keys (PKCS8) of tickets: the first signs, and all are published and accepted',
    secret: true,
  }),
});

export type RegistrationsConfig = SettingsOf<typeof settings>;

export const REGISTRATIONS_CONFIG = Symbol('RegistrationsConfig');

/** @throws SettingsError naming the variable that is missing or wrong */
export function loadConfig(env: Environment = process.env): RegistrationsConfig {
  return readSettings(settings, env);
}
