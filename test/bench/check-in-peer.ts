import { statementPeer, type StatementPeer } from './statement-peer';

/** With $1 the number of the registration: the row, the scan, the stream and the message, as the service writes them. */
const STATEMENT = `
  WITH came AS (
         UPDATE registration SET status = 'checkedIn', version = version + 1, updated_at = now()
          WHERE id = (SELECT id FROM numbered WHERE number = $1) RETURNING id, tenant_id, event_id),
       scan AS (
         INSERT INTO check_in (id, tenant_id, event_id, scan_id, content_hash, registration_id, ticket_number, scanned_at,
                day, direction, gate, outcome, created_at, updated_at)
         SELECT gen_random_uuid(), tenant_id, event_id, id::text, repeat('h', 43), id, 1, now(), current_date, 'in',
                'north', 'entered', now(), now() FROM came),
       place AS (
         INSERT INTO message_stream (source, last_sequence) SELECT '/registrations/' || id, 1 FROM came
         ON CONFLICT (source) DO UPDATE SET last_sequence = message_stream.last_sequence + 1 RETURNING source)
  INSERT INTO outbox (topic, message_key, headers, value)
  SELECT 'registrations.registration', source, jsonb_build_object('ce_id', source, 'ce_rest', repeat('h', 500)),
         convert_to(repeat('v', 600), 'UTF8') FROM place`;

/** Checks in registrations that are there already, by the order of their ids. */
export async function checkInPeer(serviceUrl: string): Promise<StatementPeer> {
  return statementPeer({
    serviceUrl,
    tables: ['registration', 'check_in', 'message_stream', 'outbox'],
    prepare: [
      'INSERT INTO registration SELECT * FROM registrations.registration',
      'INSERT INTO message_stream SELECT * FROM registrations.message_stream',
      'CREATE TABLE numbered (number integer PRIMARY KEY, id uuid NOT NULL)',
      'INSERT INTO numbered SELECT row_number() OVER (ORDER BY id), id FROM registration',
    ],
    statement: STATEMENT,
  });
}
