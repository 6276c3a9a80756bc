import { newId } from '@expo-accord/database';
import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { EntryConditionRow } from './entry-condition.entity';
import { type Statement } from './entry-condition.rules';

@Injectable()
export class EntryConditionStore {
  async say(manager: EntityManager, tenantId: string, registrationId: string, statement: Statement): Promise<void> {
    await manager.insert(EntryConditionRow, { ...statement, id: newId(), tenantId, registrationId });
  }

  /** @returns by registration, of two at the same moment the later said behind the earlier */
  async statements(manager: EntityManager, registrationIds: readonly string[]): Promise<Map<string, Statement[]>> {
    const rows = await manager.query<(Statement & { registrationId: string })[]>(
      `SELECT registration_id AS "registrationId", code, satisfied, at FROM entry_condition
        WHERE registration_id = ANY ($1) ORDER BY at, id`,
      [registrationIds],
    );
    const byRegistration = new Map<string, Statement[]>();
    for (const { registrationId, ...statement } of rows) {
      const said = byRegistration.get(registrationId);
      if (said === undefined) byRegistration.set(registrationId, [statement]);
      else said.push(statement);
    }
    return byRegistration;
  }

  /** With what scans said that were not turned away for another reason. */
  async statementsAndSightings(manager: EntityManager, registrationId: string): Promise<Statement[]> {
    return manager.query<Statement[]>(
      `SELECT code, satisfied, at, id FROM entry_condition WHERE registration_id = $1
       UNION ALL
       SELECT unnest(conditions_met), true, scanned_at, id FROM check_in
        WHERE registration_id = $1 AND direction = 'in' AND (conflict IS NULL OR conflict = 'entry-condition-unmet')
       ORDER BY at, id`,
      [registrationId],
    );
  }
}
