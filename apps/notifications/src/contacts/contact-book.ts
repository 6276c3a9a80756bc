import { Injectable } from '@nestjs/common';
import { type ContactSnapshot, type EventSnapshot } from '@expo-accord/contracts';
import { type EntityManager } from 'typeorm';

interface Told<D> {
  tenantId: string;
  data: D;
}

/** The copies that mail needs: who is written to, and what about. One statement however many messages. */
@Injectable()
export class ContactBook {
  async noteContacts(manager: EntityManager, messages: readonly Told<ContactSnapshot>[]): Promise<void> {
    const latest = new Map(messages.map(({ tenantId, data }) => [data.registrationId, { tenantId, ...data }]));
    await manager.query(
      `INSERT INTO contact (registration_id, tenant_id, event_id, name, email, language)
       SELECT "registrationId", "tenantId", "eventId", name, email, language
       FROM jsonb_to_recordset($1::jsonb) AS told ("registrationId" uuid, "tenantId" uuid, "eventId" uuid, name jsonb,
         email text, language text)
       ON CONFLICT (registration_id) DO UPDATE SET event_id = EXCLUDED.event_id, name = EXCLUDED.name,
         email = EXCLUDED.email, language = EXCLUDED.language, updated_at = now()
       WHERE contact.tenant_id = EXCLUDED.tenant_id`,
      [JSON.stringify([...latest.values()])],
    );
  }

  /** Erased: the copy goes, and so does every mail that was not sent yet. */
  async forget(manager: EntityManager, registrationId: string, tenantId: string): Promise<void> {
    await manager.query('DELETE FROM contact WHERE registration_id = $1 AND tenant_id = $2', [
      registrationId,
      tenantId,
    ]);
    await manager.query(
      `UPDATE delivery SET status = 'dropped', last_code = 'recipient-erased', next_attempt_at = NULL, updated_at = now()
       WHERE registration_id = $1 AND tenant_id = $2 AND status IN ('waiting', 'pending') AND lease_token IS NULL`,
      [registrationId, tenantId],
    );
  }

  async noteEvents(manager: EntityManager, messages: readonly Told<EventSnapshot>[]): Promise<void> {
    const latest = new Map(messages.map(({ tenantId, data }) => [data.eventId, { tenantId, ...data }]));
    await manager.query(
      `INSERT INTO event_copy (event_id, tenant_id, names, starts_at, synthetic)
       SELECT "eventId", "tenantId", names, nullif("startsAt", 'null'::jsonb), synthetic
       FROM jsonb_to_recordset($1::jsonb) AS told ("eventId" uuid, "tenantId" uuid, names jsonb, "startsAt" jsonb,
         synthetic boolean)
       ON CONFLICT (event_id) DO UPDATE SET names = EXCLUDED.names, starts_at = EXCLUDED.starts_at,
         synthetic = EXCLUDED.synthetic, updated_at = now()
       WHERE event_copy.tenant_id = EXCLUDED.tenant_id`,
      [JSON.stringify([...latest.values()])],
    );
  }
}
