import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';

/** Makes one delivery for each endpoint of the message's tenant that asked for its type. */
@Injectable()
export class WebhookFanOut {
  /** How many deliveries were made. An endpoint that is disabled gets nothing, and not later either. */
  async deliver(manager: EntityManager, messageIds: readonly string[]): Promise<number> {
    if (messageIds.length === 0) return 0;
    const made = await manager.query<unknown[]>(
      `INSERT INTO delivery (id, tenant_id, channel, status, cause_id, cause_type, source, correlation_id,
         endpoint_id, synthetic, next_attempt_at)
       SELECT uuidv7(), m.tenant_id, 'webhook', 'pending', m.id, m.type, m.source, m.correlation_id, e.id,
         coalesce((m.data ->> 'synthetic')::boolean, false), now()
       FROM public_message m
       JOIN webhook_endpoint e ON e.tenant_id = m.tenant_id AND e.status = 'enabled'
         AND (e.types IS NULL OR m.type = ANY (e.types))
       WHERE m.id = ANY ($1::uuid[])
       ORDER BY m.position
       ON CONFLICT DO NOTHING
       RETURNING id`,
      [messageIds],
    );
    return made.length;
  }
}
