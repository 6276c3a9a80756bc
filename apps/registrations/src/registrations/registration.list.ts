import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, decodeCursor, pageOf, parseRef } from '@expo-accord/http';
import { EventCopyStore } from '../events/event-copy.store';
import { QuotaStore } from '../tickets/quota.store';
import { isCalled } from './name-search';
import { answerOf, type RegistrationPage } from './registration.answer';
import { type RegistrationQuery } from './registration.dto';
import { RegistrationStore } from './registration.store';

/** Pages of registrations, in the order of their ids: the order of signing up. */
@Injectable()
export class RegistrationList {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: RegistrationStore,
    private readonly quotas: QuotaStore,
    private readonly events: EventCopyStore,
  ) {}

  /** @param eventId null for every event of the tenant */
  async list({ tenantId }: Caller, eventId: string | null, query: RegistrationQuery): Promise<RegistrationPage> {
    const { manager } = this.transactions;
    if (eventId !== null) await this.events.known(manager, tenantId, eventId);
    const ref = query.ref === undefined ? undefined : parseRef(query.ref);
    const conditions: [sql: string, value: unknown][] = [
      ['r.event_id = ?', eventId ?? undefined],
      ['r.id > ?', query.cursor === undefined ? undefined : decodeCursor(query.cursor)],
      ['r.updated_at >= ?', query.changedSince],
      ['r.status = ?', query.status],
      ['r.category = ?', query.category],
      ['r.delegation_id = ?', query.delegationId],
      [
        `r.id IN (SELECT u.registration_id FROM invitation_code c
                    JOIN invitation_use u ON u.event_id = c.event_id AND u.hash = c.hash WHERE c.invitation_id = ?)`,
        query.invitationId,
      ],
      [isCalled('?'), query.name],
      [
        `r.id IN (SELECT registration_id FROM registration_ref
                   WHERE tenant_id = $1 AND (system, external_id) = (?::jsonb ->> 0, ?::jsonb ->> 1))`,
        ref && JSON.stringify([ref.system, ref.id]),
      ],
    ];
    const given = conditions.filter(([, value]) => value !== undefined);
    const where = given.map(([sql], index) => sql.replaceAll('?', `$${index + 2}`));
    const rows = await this.store.read(
      manager,
      ['r.tenant_id = $1', ...where].join(' AND '),
      [tenantId, ...given.map(([, value]) => value)],
      `ORDER BY r.id LIMIT ${query.limit + 1}`,
    );
    const { items, nextCursor } = pageOf(rows, query.limit);
    const eventIds = [...new Set(items.map((item) => item.eventId))];
    const names = await this.quotas.namesByEvent(manager, eventIds);
    return { items: items.map((item) => answerOf(item, names)), nextCursor };
  }
}
