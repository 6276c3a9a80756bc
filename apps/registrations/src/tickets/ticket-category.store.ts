import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type CategoryTerms } from './ticket-category.rules';

@Injectable()
export class TicketCategoryStore {
  /** By code, in the order of codes; what a category does not say is as its event says. */
  async terms(manager: EntityManager, tenantId: string, eventId: string): Promise<Map<string, CategoryTerms>> {
    const rows = await planned<CategoryTerms & { code: string }>(
      manager,
      'terms of categories',
      `SELECT c.code, coalesce(c.requires_approval, s.requires_approval, false) AS "requiresApproval",
              coalesce(c.waitlist, s.waitlist, false) AS waitlist,
              coalesce(c.requires_invitation, s.requires_invitation, false) AS "requiresInvitation"
         FROM ticket_category c LEFT JOIN registration_settings s ON s.event_id = c.event_id
        WHERE c.tenant_id = $1 AND c.event_id = $2 ORDER BY c.code`,
      [tenantId, eventId],
    );
    return new Map(rows.map((row) => [row.code, row]));
  }
}
