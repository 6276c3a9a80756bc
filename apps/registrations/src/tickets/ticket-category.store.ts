import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type CategoryTerms } from './ticket-category.rules';

@Injectable()
export class TicketCategoryStore {
  /** By code, in the order of codes. */
  async terms(manager: EntityManager, tenantId: string, eventId: string): Promise<Map<string, CategoryTerms>> {
    const rows = await planned<CategoryTerms & { code: string }>(
      manager,
      'terms of categories',
      `SELECT code, requires_approval AS "requiresApproval", waitlist
         FROM ticket_category WHERE tenant_id = $1 AND event_id = $2 ORDER BY code`,
      [tenantId, eventId],
    );
    return new Map(rows.map((row) => [row.code, row]));
  }
}
