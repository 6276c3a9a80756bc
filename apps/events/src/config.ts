import { databaseSettings } from '@expo-accord/database';
import { callerTokenSettings, httpSettings } from '@expo-accord/http';
import { kafkaSettings } from '@expo-accord/messaging';
import { defineSettings, type Environment, readSettings, type SettingsOf } from '@expo-accord/settings';

export const settings = defineSettings({
  ...databaseSettings,
  ...kafkaSettings,
  ...httpSettings,
  ...callerTokenSettings,
});

export type EventsConfig = SettingsOf<typeof settings>;

export function loadConfig(env: Environment = process.env): EventsConfig {
  return readSettings(settings, env);
}
