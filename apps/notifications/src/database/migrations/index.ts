import { type MigrationClass } from '@expo-accord/database';
import { idempotencyMigrations } from '@expo-accord/http';
import { messagingMigrations } from '@expo-accord/messaging';
import { KeepContactsAndEvents1763690100000 } from './1763690100000-keep-contacts-and-events';
import { KeepPublicMessages1763690200000 } from './1763690200000-keep-public-messages';
import { RegisterWebhookEndpoints1763690300000 } from './1763690300000-register-webhook-endpoints';
import { LogDeliveries1763690400000 } from './1763690400000-log-deliveries';
import { TraceDeliveries1763690500000 } from './1763690500000-trace-deliveries';

export const migrations: readonly MigrationClass[] = [
  ...idempotencyMigrations,
  ...messagingMigrations,
  KeepContactsAndEvents1763690100000,
  KeepPublicMessages1763690200000,
  RegisterWebhookEndpoints1763690300000,
  LogDeliveries1763690400000,
  TraceDeliveries1763690500000,
];
