import { type EntityClass, type MigrationClass } from '@expo-accord/database';
import { ConsumerCursor, ConsumerPosition, DroppedMessage, ParkedMessage } from './consuming/consuming.entities';
import { KeepMessagesWithTheirEffects1763683200000 } from './migrations/1763683200000-keep-messages-with-their-effects';
import { ConfirmEpochs1795300000000 } from './migrations/1795300000000-confirm-epochs';
import { MessageEpoch, MessageStream, OutboxRow } from './outbox/outbox.entities';

/** For the entity list of every service that publishes or consumes. */
export const messagingEntities: readonly EntityClass[] = [
  OutboxRow,
  MessageStream,
  MessageEpoch,
  ConsumerCursor,
  ConsumerPosition,
  ParkedMessage,
  DroppedMessage,
];

/** For the head of the migration list of every such service. */
export const messagingMigrations: readonly MigrationClass[] = [
  KeepMessagesWithTheirEffects1763683200000,
  ConfirmEpochs1795300000000,
];
