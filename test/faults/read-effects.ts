import { type Client } from 'pg';
import { type Kept, type Row } from './history';

/** What each consumer keeps, without what is its own business: times of writing, positions, attempts. */
const effects: Readonly<Record<string, string>> = {
  'registrations.event_copy': `id, tenant_id, status, opens_at, closes_at, ends_at, economies, session_ids, synthetic, historical
     FROM registrations.event_copy`,
  'registrations.merged_organization': 'id, tenant_id, survivor_id FROM registrations.merged_organization',
  'agreements.event_copy': 'id, tenant_id, series_id, status, synthetic, zone FROM agreements.event_copy',
  'agreements.fulfilment': `commitment_id, event_id, tenant_id, named, event->>'status' AS status, epoch, sequence
     FROM agreements.fulfilment`,
  'agreements.merged_organization': 'id, tenant_id, survivor_id FROM agreements.merged_organization',
  'notifications.event_copy': 'event_id, tenant_id, names, starts_at, synthetic FROM notifications.event_copy',
  'notifications.contact': `registration_id, tenant_id, event_id, name, email, language FROM notifications.contact`,
  'notifications.public_message': `id, tenant_id, type, source, epoch, sequence::int, data
     FROM notifications.public_message`,
  'notifications.mail': `cause_id, template_id FROM notifications.delivery WHERE channel = 'mail'`,
  'notifications.mail_log': `id, status FROM notifications.delivery WHERE channel = 'mail'`,
  'notifications.webhook': `cause_id, endpoint_id FROM notifications.delivery WHERE channel = 'webhook'`,
  'events.counted_registrations': `tenant_id, event_id, status, count::int FROM events.counted_registrations
     WHERE count <> 0`,
  'events.counted_project': `project_id, tenant_id, event_id, status, currency, qualifier, value::float8, lower::float8,
     upper::float8, inclusive FROM events.counted_project`,
  'events.counted_agreement': 'agreement_id, tenant_id, event_id, status FROM events.counted_agreement',
};

/** By `schema.table`. */
export async function readEffects(client: Client): Promise<Record<string, Row[]>> {
  const read: Record<string, Row[]> = {};
  for (const [table, columns] of Object.entries(effects)) {
    read[table] = (await client.query<Row>(`SELECT ${columns}`)).rows;
  }
  return read;
}

const kept = `
  SELECT 'registration' AS kind, r.id, p.organization_name AS marker
  FROM registrations.registration r JOIN registrations.registrant p ON p.registration_id = r.id
  WHERE r.external_refs = '[]'
  UNION ALL SELECT 'agreement', id, content #>> '{titles,texts,en}' FROM agreements.agreement
  UNION ALL SELECT 'project', id, content #>> '{names,texts,en}' FROM agreements.project
  UNION ALL SELECT 'event', id, details #>> '{names,texts,en}' FROM events.event`;

/** What the owners keep of what the workload asked for, one by one. */
export async function readKept(client: Client): Promise<Kept[]> {
  return (await client.query<Kept>(kept)).rows;
}

/** How many registrations there are for each external id of an imported line. */
export async function readImported(client: Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ line: string; count: number }>(
    `SELECT external_refs #>> '{0,id}' AS line, count(*)::int AS count FROM registrations.registration
     WHERE external_refs <> '[]' GROUP BY 1`,
  );
  return new Map(rows.map(({ line, count }) => [line, count]));
}

/** What is not at rest yet, in words. */
export async function readUnfinished(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ what: string }>(`
    SELECT 'deliveries that are ' || status || ': ' || count(*) AS what FROM notifications.delivery
    WHERE status IN ('waiting', 'pending') GROUP BY status
    UNION ALL SELECT 'imports that are ' || status || ': ' || count(*) FROM registrations.import_job
    -- One whose upload broke off stays as it is until it is swept up.
    WHERE status IN ('queued', 'running') GROUP BY status`);
  return rows.map(({ what }) => what);
}
