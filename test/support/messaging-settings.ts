import { databaseSettings } from '@expo-accord/database';
import { kafkaSettings } from '@expo-accord/messaging';

export const messagingSettings = { ...databaseSettings, ...kafkaSettings };
