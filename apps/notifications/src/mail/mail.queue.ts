import { Injectable } from '@nestjs/common';
import { type RegistrationSnapshot } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { isTooOldToTell } from '../deliveries/schedule.rules';
import { mailCausedBy } from './mail.rules';

export interface RegistrationCause {
  id: string;
  type: string;
  source: string;
  tenantId: string;
  correlationId: string;
  traceparent?: string;
  time: string;
  data: RegistrationSnapshot;
}

/** Mails from their cause until everything they need is here. */
@Injectable()
export class MailQueue {
  constructor(private readonly transactions: Transactions) {}

  /** One mail per cause, however often it arrives; nothing for those that cause none. How many were added. */
  async add(manager: EntityManager, causes: readonly RegistrationCause[]): Promise<number> {
    const now = new Date();
    const rows = causes.flatMap(({ data, ...cause }, index) => {
      const templateId = isTooOldToTell(cause.time, now) ? null : mailCausedBy(data);
      const { registrationId, eventId, language, synthetic } = data;
      if (templateId === null) return [];
      return {
        ...cause,
        causeId: cause.id,
        id: newId(),
        index,
        registrationId,
        eventId,
        templateId,
        language,
        synthetic,
      };
    });
    if (rows.length === 0) return 0;
    const added = await manager.query<unknown[]>(
      `INSERT INTO delivery (id, tenant_id, channel, status, cause_id, cause_type, source, correlation_id,
         traceparent, registration_id, event_id, template_id, language, synthetic)
       SELECT id, "tenantId", 'mail', 'waiting', "causeId", type, source, "correlationId",
         traceparent, "registrationId", "eventId", "templateId", language, synthetic
       FROM jsonb_to_recordset($1::jsonb) AS mail (index int, id uuid, "tenantId" uuid, "causeId" uuid, type text,
         source text, "correlationId" text, traceparent text, "registrationId" uuid, "eventId" uuid,
         "templateId" text, language text, synthetic boolean)
       ORDER BY index
       ON CONFLICT DO NOTHING
       RETURNING id`,
      [JSON.stringify(rows)],
    );
    return added.length;
  }

  /**
   * Makes due what no longer waits for anything: contact, registration and event come on topics of their own, in any
   * order. Run by the worker and not by the consumers, whose transactions cannot see each other.
   */
  async makeCompleteOnesDue(): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE delivery d SET status = 'pending', next_attempt_at = now(), updated_at = now()
       FROM contact c, event_copy e
       WHERE d.channel = 'mail' AND d.status = 'waiting'
         AND c.registration_id = d.registration_id AND c.tenant_id = d.tenant_id
         AND e.event_id = d.event_id AND e.tenant_id = d.tenant_id`,
    );
  }
}
