import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type InvitationCodeState, InvitationLedger, type SpentUse } from './invitation.rules';

/** Rows of codes are locked in the order of their hashes, behind registrations and before quotas. */
@Injectable()
export class InvitationStore {
  /** Where nobody names a code, nothing is asked. The event is held: nothing is given out or taken back meanwhile. */
  async lock(
    manager: EntityManager,
    eventId: string,
    named: readonly { invitation?: string }[],
  ): Promise<InvitationLedger> {
    const hashes = [...new Set(named.flatMap(({ invitation }) => invitation ?? []))];
    if (hashes.length === 0) return new InvitationLedger([]);
    const rows = await planned<InvitationCodeState>(
      manager,
      'lock invitation codes',
      `SELECT c.hash, i.category, i.uses - c.used AS "usesLeft", i.revoked_at IS NOT NULL AS "isRevoked",
              i.expires_at IS NOT NULL AND i.expires_at <= clock_timestamp() AS "isExpired"
         FROM invitation_code c JOIN invitation i ON i.id = c.invitation_id
        WHERE c.event_id = $1 AND c.hash = ANY ($2) ORDER BY c.hash FOR UPDATE OF c`,
      [eventId, hashes],
    );
    return new InvitationLedger(rows);
  }

  /** Behind the rows of those who came by them. */
  async write(manager: EntityManager, eventId: string, spent: readonly SpentUse[]): Promise<void> {
    if (spent.length === 0) return;
    await planned(
      manager,
      'spend invitation codes',
      `WITH spent AS (SELECT * FROM unnest($2::text[], $3::uuid[]) AS s (hash, registration_id)),
       used AS (
         UPDATE invitation_code c SET used = used + n.uses
           FROM (SELECT hash, count(*)::integer AS uses FROM spent GROUP BY hash) n
          WHERE c.event_id = $1 AND c.hash = n.hash)
       INSERT INTO invitation_use (registration_id, hash, event_id) SELECT registration_id, hash, $1 FROM spent`,
      [eventId, spent.map(({ hash }) => hash), spent.map(({ registrationId }) => registrationId)],
    );
  }
}
