import { type EntityClass } from '@expo-accord/database';
import { idempotencyEntities } from '@expo-accord/http';
import { messagingEntities } from '@expo-accord/messaging';
import { Contact, EventCopy } from '../contacts/contact.entity';
import { Delivery, DeliveryAttempt } from '../deliveries/delivery.entity';
import { PublicMessage } from '../feed/public-message.entity';
import { WebhookEndpoint } from '../webhooks/webhook-endpoint.entity';

export const entities: readonly EntityClass[] = [
  ...messagingEntities,
  ...idempotencyEntities,
  Contact,
  EventCopy,
  PublicMessage,
  WebhookEndpoint,
  Delivery,
  DeliveryAttempt,
];
