import { Controller } from '@nestjs/common';
import { type ConsumerName, type EventSnapshot, eventMessages } from '@expo-accord/contracts';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { instantOf, type ScheduledTime } from '@expo-accord/values';

export const EVENTS_CONSUMER: ConsumerName = 'registrations.events';

/** Keeps the copy of events. A batch writes only the last that each event's messages say. */
@Controller()
export class EventCopyConsumer {
  @OnMessages(EVENTS_CONSUMER, eventMessages)
  async record(
    messages: readonly Received<(typeof eventMessages)[number]>[],
    { manager }: MessageContext,
  ): Promise<void> {
    const last = new Map(messages.map(({ tenantId, data }) => [data.eventId, copyOf(tenantId, data)]));
    await manager.query(
      `INSERT INTO event_copy (id, tenant_id, status, opens_at, closes_at, ends_at, economies, session_ids,
         entry_conditions, synthetic, historical)
       SELECT id, tenant_id, status, opens_at, closes_at, ends_at, economies, session_ids, entry_conditions, synthetic,
              historical
         FROM jsonb_to_recordset($1::jsonb) AS i (id uuid, tenant_id uuid, status text, opens_at timestamptz,
              closes_at timestamptz, ends_at timestamptz, economies text[], session_ids uuid[],
              entry_conditions jsonb, synthetic boolean, historical boolean)
       ON CONFLICT (id) DO UPDATE SET status = excluded.status, opens_at = excluded.opens_at,
         closes_at = excluded.closes_at, ends_at = excluded.ends_at, economies = excluded.economies, session_ids = excluded.session_ids,
         entry_conditions = excluded.entry_conditions, synthetic = excluded.synthetic, historical = excluded.historical, updated_at = now()
       WHERE event_copy.tenant_id = excluded.tenant_id`,
      [JSON.stringify([...last.values()])],
    );
  }
}

function copyOf(tenantId: string, event: EventSnapshot): Record<string, unknown> {
  const at = (time: ScheduledTime | null | undefined): string | null => (time ? instantOf(time) : null);
  return {
    id: event.eventId,
    tenant_id: tenantId,
    status: event.status,
    opens_at: at(event.registrationWindow?.opens),
    closes_at: at(event.registrationWindow?.closes),
    ends_at: at(event.endsAt),
    economies: event.economies,
    session_ids: event.sessionIds,
    entry_conditions: event.entryConditions ?? [],
    synthetic: event.synthetic,
    historical: event.historical,
  };
}
