import { Type, type Static } from '@sinclair/typebox';
import { nullable, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const deliveryTopic = defineTopic({
  name: 'notifications.delivery',
  owner: 'notifications',
  aggregate: 'deliveries',
  partitions: 3,
  retention: { days: 30 },
  cleanup: 'delete',
  visibility: 'internal',
});

/** What became of one notification; the address it went to is not in it. `causeId` is the id of the message that caused it. */
export const DeliverySnapshot = Type.Object({
  ...base,
  deliveryId: Uuid,
  channel: Type.Union([Type.Literal('mail'), Type.Literal('webhook')]),
  causeId: Uuid,
  causeType: Type.String({ minLength: 1 }),
  endpointId: nullable(Uuid),
  attempts: Type.Integer({ minimum: 1 }),
});
export type DeliverySnapshot = Static<typeof DeliverySnapshot>;

const deliveryId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ad0';

const delivered: DeliverySnapshot = {
  ...exampleBase(`deliveries/${deliveryId}`),
  visibility: 'internal',
  deliveryId,
  channel: 'webhook',
  causeId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ad1',
  causeType: 'expo-accord.agreement.signed.v1',
  endpointId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ad2',
  attempts: 1,
};

const declare = (name: string, description: string, example: DeliverySnapshot) =>
  defineMessage({ name: `delivery.${name}`, topic: deliveryTopic, description, schema: DeliverySnapshot, example });

export const deliveryDelivered = declare('delivered', 'The receiver took it.', delivered);
export const deliveryFailed = declare('failed', 'Every attempt failed; nothing more is tried.', {
  ...delivered,
  attempts: 8,
});

export const deliveryMessages = [deliveryDelivered, deliveryFailed] as const;
