import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { actionNotAllowed, type Caller, conflict, hasScope, notFound, paginate } from '@expo-accord/http';
import { type EntityManager, In } from 'typeorm';
import { type DeliveryAnswer, type DeliveryPage, type DeliveryQuery } from './delivery.dto';
import { Delivery, DeliveryAttempt } from './delivery.entity';
import { actionsOn, maskedAddress } from './delivery.rules';

const filters = ['status', 'causeId', 'channel', 'endpointId', 'registrationId'] as const;

/** Whoever may read the registrations themselves sees addresses in full. */
const ADDRESS_SCOPE = 'registrations:read';

/** What was, is and will be delivered, with every attempt. */
@Injectable()
export class DeliveryLog {
  constructor(private readonly transactions: Transactions) {}

  async list(caller: Caller, query: DeliveryQuery): Promise<DeliveryPage> {
    const deliveries = this.transactions.manager
      .createQueryBuilder(Delivery, 'delivery')
      .where('delivery.tenantId = :tenantId', { tenantId: caller.tenantId });
    for (const filter of filters) {
      if (query[filter] !== undefined)
        deliveries.andWhere(`delivery.${filter} = :${filter}`, { [filter]: query[filter] });
    }
    const total = query.count ? await deliveries.getCount() : undefined;
    const { items, nextCursor } = await paginate(deliveries, query);
    const page = { items: await this.#answers(caller, items), nextCursor };
    return total === undefined ? page : { ...page, total };
  }

  async get(caller: Caller, id: string): Promise<DeliveryAnswer> {
    const delivery = await this.transactions.manager.findOneBy(Delivery, { id, tenantId: caller.tenantId });
    const [answer] = delivery === null ? [] : await this.#answers(caller, [delivery]);
    if (answer === undefined) throw notFound('delivery', id);
    return answer;
  }

  /** Begins the schedule anew, now. The message keeps its id, so a receiver knows that it saw it. */
  async redeliver(caller: Caller, id: string): Promise<DeliveryAnswer> {
    await this.transactions.run(async (manager) => {
      const delivery = await manager.findOne(Delivery, {
        where: { id, tenantId: caller.tenantId },
        lock: { mode: 'pessimistic_write' },
      });
      if (delivery === null) throw notFound('delivery', id);
      const actions = actionsOn(delivery.status);
      if (!actions.includes('redeliver')) throw actionNotAllowed('redeliver', delivery.status, actions);
      await assertReceiverIsThere(manager, delivery);
      await manager.query(
        `UPDATE delivery SET status = 'pending', schedule_attempts = 0, schedule_started_at = NULL,
           next_attempt_at = now(), delivered_at = NULL, updated_at = now() WHERE id = $1`,
        [id],
      );
    });
    return this.get(caller, id);
  }

  async #answers(caller: Caller, deliveries: readonly Delivery[]): Promise<DeliveryAnswer[]> {
    const manager = this.transactions.manager;
    const attempts = await manager.find(DeliveryAttempt, {
      where: { deliveryId: In(deliveries.map(({ id }) => id)) },
      order: { number: 'ASC' },
    });
    const addresses = await addressesOf(manager, deliveries);
    const inFull = hasScope(caller, ADDRESS_SCOPE);
    return deliveries.map((delivery) => {
      const address = addresses.get(delivery.registrationId ?? '') ?? null;
      const recipient = address === null || inFull ? address : maskedAddress(address);
      return answerOf(
        delivery,
        attempts.filter(({ deliveryId }) => deliveryId === delivery.id),
        recipient,
      );
    });
  }
}

async function assertReceiverIsThere(manager: EntityManager, { endpointId }: Delivery): Promise<void> {
  if (endpointId === null) return;
  const [endpoint] = await manager.query<{ status: string }[]>('SELECT status FROM webhook_endpoint WHERE id = $1', [
    endpointId,
  ]);
  if (endpoint?.status !== 'enabled') {
    throw conflict('endpoint-not-enabled', 'The endpoint has to be enabled before anything is delivered to it.', {
      endpointId,
    });
  }
}

async function addressesOf(manager: EntityManager, deliveries: readonly Delivery[]): Promise<Map<string, string>> {
  const registrations = deliveries.flatMap(({ registrationId }) => registrationId ?? []);
  if (registrations.length === 0) return new Map();
  const rows = await manager.query<{ id: string; email: string }[]>(
    'SELECT registration_id AS id, email FROM contact WHERE registration_id = ANY ($1::uuid[])',
    [registrations],
  );
  return new Map(rows.map(({ id, email }) => [id, email]));
}

function answerOf(delivery: Delivery, attempts: readonly DeliveryAttempt[], recipient: string | null): DeliveryAnswer {
  const { id, channel, status, causeId, causeType, source, endpointId, registrationId, synthetic } = delivery;
  const { templateId, templateVersion, language } = delivery;
  return {
    id,
    channel,
    status,
    causeId,
    causeType,
    source,
    endpointId,
    registrationId,
    templateId,
    templateVersion,
    language,
    recipient,
    synthetic,
    attemptCount: delivery.attempts,
    attempts: attempts.map(({ number, startedAt, durationMs, succeeded, code, replyCode }) => ({
      number,
      startedAt: startedAt.toISOString(),
      durationMs,
      succeeded,
      code,
      replyCode,
    })),
    nextAttemptAt: status === 'pending' ? (delivery.nextAttemptAt?.toISOString() ?? null) : null,
    deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
    actions: actionsOn(status),
    createdAt: delivery.createdAt.toISOString(),
    updatedAt: delivery.updatedAt.toISOString(),
  };
}
