import { type DatabaseConfig, databaseSettings } from '@expo-accord/database';
import { type KafkaConfig, kafkaSettings } from '@expo-accord/messaging';
import { type Environment, readSettings } from '@expo-accord/settings';

/**
 * The settings of the service that a command is about, of which it reads no more than it needs.
 * @throws SettingsError naming the variable that is missing or wrong
 */
export function databaseConfig(env: Environment = process.env): DatabaseConfig {
  // One person looks at one thing at a time; a lock and a query beside it are the most that is held at once.
  return { ...readSettings(databaseSettings, env), DATABASE_POOL_SIZE: 3 };
}

/** @throws SettingsError naming the variable that is missing or wrong */
export function kafkaConfig(env: Environment = process.env): KafkaConfig {
  return readSettings(kafkaSettings, env);
}
