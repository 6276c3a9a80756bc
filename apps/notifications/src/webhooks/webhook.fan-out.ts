import { Injectable } from '@nestjs/common';
import { type BaseData } from '@expo-accord/contracts';
import { type Received } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { isTooOldToTell } from '../deliveries/schedule.rules';
import { PublicMessages } from '../feed/public-messages';

/** Keeps what may leave, and makes one delivery for each endpoint of the tenant that asked for the type. */
@Injectable()
export class WebhookFanOut {
  constructor(private readonly publicMessages: PublicMessages) {}

  /** How many deliveries were made. A message that is here already, or older than messages are kept, makes none. */
  async tell(manager: EntityManager, messages: readonly Received[]): Promise<number> {
    const now = new Date();
    const told = messages
      .map((message) => ({ ...message, data: message.data as BaseData }))
      .filter(({ time, data }) => data.visibility !== 'internal' && !isTooOldToTell(time, now));
    if (told.length === 0) return 0;
    const known = new Set(await this.publicMessages.store(manager, told));
    return this.#deliver(
      manager,
      told.filter(({ id }) => known.has(id)),
    );
  }

  /** An endpoint that is disabled gets nothing, and not later either. */
  async #deliver(manager: EntityManager, told: readonly Pick<Received, 'id' | 'traceparent'>[]): Promise<number> {
    if (told.length === 0) return 0;
    const made = await manager.query<unknown[]>(
      `INSERT INTO delivery (id, tenant_id, channel, status, cause_id, cause_type, source, correlation_id,
         traceparent, endpoint_id, synthetic, next_attempt_at)
       SELECT uuidv7(), m.tenant_id, 'webhook', 'pending', m.id, m.type, m.source, m.correlation_id,
         told.traceparent, e.id, coalesce((m.data ->> 'synthetic')::boolean, false), now()
       FROM unnest($1::uuid[], $2::text[]) AS told (id, traceparent)
       JOIN public_message m ON m.id = told.id
       JOIN webhook_endpoint e ON e.tenant_id = m.tenant_id AND e.status = 'enabled'
         AND (e.types IS NULL OR m.type = ANY (e.types))
       ORDER BY m.position
       ON CONFLICT DO NOTHING
       RETURNING id`,
      [told.map(({ id }) => id), told.map(({ traceparent }) => traceparent ?? null)],
    );
    return made.length;
  }
}
