import { statementPeer, type StatementPeer } from './statement-peer';

/** With $1 a number that no other has: a place of the one quota, the sign-up without its person, and its message. */
const STATEMENT = `
  WITH place AS (
         UPDATE quota SET taken = taken + 1 WHERE event_id = (SELECT event_id FROM the_event) AND name = 'buyer'
            AND taken < places RETURNING tenant_id, event_id),
       signed_up AS (
         INSERT INTO registration (id, tenant_id, event_id, status, category, economy, mode, notify, historical, synthetic,
                external_refs, fingerprint, version, created_at, updated_at)
         SELECT gen_random_uuid(), tenant_id, event_id, 'confirmed', 'buyer', 'KR', 'inPerson', false, false, false, '[]',
                'person ' || $1, 1, now(), now() FROM place RETURNING id)
  INSERT INTO outbox (topic, message_key, headers, value)
  SELECT 'registrations.registration', id::text, jsonb_build_object('ce_id', id, 'ce_rest', repeat('h', 500)),
         convert_to(repeat('v', 600), 'UTF8') FROM signed_up`;

/** Signs people up for an event with one quota that has room for them all: everybody writes the same row. */
export async function signUpPeer(serviceUrl: string): Promise<StatementPeer> {
  return statementPeer({
    serviceUrl,
    tables: ['registration', 'quota', 'outbox'],
    prepare: [
      'CREATE TABLE the_event AS SELECT gen_random_uuid() AS tenant_id, gen_random_uuid() AS event_id',
      `INSERT INTO quota (id, tenant_id, event_id, scope, name, places, taken)
       SELECT gen_random_uuid(), tenant_id, event_id, 'category', 'buyer', 1000000000, 0 FROM the_event`,
    ],
    statement: STATEMENT,
  });
}
