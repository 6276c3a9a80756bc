import { databaseSettings } from '@expo-accord/database';
import { callerTokenSettings, httpSettings } from '@expo-accord/http';
import { kafkaSettings } from '@expo-accord/messaging';
import {
  defineSettings,
  type Environment,
  integer,
  optional,
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
  DOCUMENT_STORE_URL: url({
    desc: 'Where documents are kept: a folder, which all processes of the service share, or a bucket of an S3-compatible store',
    protocols: ['file', 'https', 'http'],
    default: 'file:///var/lib/expo-accord/documents',
    example: 'https://s3.eu-central-1.amazonaws.com/my-bucket',
  }),
  DOCUMENT_STORE_REGION: text({ desc: "The bucket's region", default: 'us-east-1' }),
  DOCUMENT_STORE_ACCESS_KEY_ID: optional(text({ desc: 'Id of the key to the bucket' })),
  DOCUMENT_STORE_SECRET_ACCESS_KEY: optional(text({ desc: 'The key to the bucket', secret: true })),
  DOCUMENT_MAX_BYTES: integer({
    desc: 'How large a document may be',
    default: 52_428_800,
    min: 1,
    // S3 takes no more than 10,000 parts.
    max: 50_000_000_000,
  }),
});

export type AgreementsConfig = SettingsOf<typeof settings>;

/** @throws SettingsError naming the variable that is missing or wrong */
export function loadConfig(env: Environment = process.env): AgreementsConfig {
  const config = readSettings(settings, env);
  const needsKey = !config.DOCUMENT_STORE_URL.startsWith('file:');
  const missing = (['DOCUMENT_STORE_ACCESS_KEY_ID', 'DOCUMENT_STORE_SECRET_ACCESS_KEY'] as const).filter(
    (name) => needsKey && config[name] === undefined,
  );
  if (missing.length > 0) {
    throw new SettingsError(
      missing,
      missing.map((name) => `${name} is missing, but DOCUMENT_STORE_URL is a bucket`),
    );
  }
  return config;
}
