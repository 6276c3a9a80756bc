import { databaseSettings } from '@expo-accord/database';
import { callerTokenSettings, httpSettings } from '@expo-accord/http';
import { kafkaSettings } from '@expo-accord/messaging';
import { defineSettings, type Environment, readSettings, type SettingsOf } from '@expo-accord/settings';

export const settings = defineSettings({
  ...httpSettings,
  ...callerTokenSettings,
  ...databaseSettings,
  ...kafkaSettings,
});

export type AgreementsConfig = SettingsOf<typeof settings>;

/** @throws SettingsError naming the variable that is missing or wrong */
export function loadConfig(env: Environment = process.env): AgreementsConfig {
  return readSettings(settings, env);
}
