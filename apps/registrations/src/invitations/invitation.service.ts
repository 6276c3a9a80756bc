import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import { actionNotAllowed, type Caller, invalidField, notFound, type PageQuery, paginate } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { TicketCategory } from '../tickets/ticket-category.entity';
import {
  type InvitationAnswer,
  type InvitationBody,
  type InvitationPage,
  type NewInvitationAnswer,
} from './invitation.dto';
import { Invitation } from './invitation.entity';
import { hashOfCode, newInvitationCode } from './invitation-code.rules';

/** Codes by which people sign up whom the organiser has asked. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
  ) {}

  async create({ tenantId }: Caller, eventId: string, body: InvitationBody): Promise<NewInvitationAnswer> {
    const { count, uses, category = null, expiresAt = null, label = null } = body;
    const codes = Array.from({ length: count }, newInvitationCode);
    return this.transactions.retrying(async (manager) => {
      await this.events.own(manager, eventId);
      await this.events.known(manager, tenantId, eventId);
      if (category !== null && !(await manager.existsBy(TicketCategory, { eventId, code: category }))) {
        throw invalidField('/category', 'category-unknown', 'The event has no such ticket category.');
      }
      const id = newId();
      const terms = { label, category, count, uses: uses ?? 1, expiresAt };
      await manager.insert(Invitation, { id, tenantId, eventId, ...terms });
      await manager.query(
        'INSERT INTO invitation_code (event_id, invitation_id, hash) SELECT $1, $2, unnest($3::text[])',
        [eventId, id, codes.map(hashOfCode)],
      );
      return Object.assign(await this.found(manager, tenantId, id), { codes });
    });
  }

  async get({ tenantId }: Caller, id: string): Promise<InvitationAnswer> {
    return this.found(this.transactions.manager, tenantId, id);
  }

  async list({ tenantId }: Caller, eventId: string, page: PageQuery): Promise<InvitationPage> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const query = manager.createQueryBuilder(Invitation, 'invitation').where({ tenantId, eventId });
    const { items, nextCursor } = await paginate(query, page);
    return { items: await this.answers(manager, items), nextCursor };
  }

  /** Whoever has signed up stays so. */
  async revoke({ tenantId }: Caller, id: string, dryRun: boolean): Promise<InvitationAnswer> {
    const work = async (manager: EntityManager): Promise<InvitationAnswer> => {
      const { eventId } = await this.found(manager, tenantId, id);
      await this.events.own(manager, eventId);
      const [, revoked] = await manager.query<[unknown, number]>(
        `UPDATE invitation SET revoked_at = now(), updated_at = now(), version = version + 1
          WHERE id = $1 AND revoked_at IS NULL`,
        [id],
      );
      if (revoked === 0) throw actionNotAllowed('revoke', 'revoked', []);
      return this.found(manager, tenantId, id);
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  private async found(manager: EntityManager, tenantId: string, id: string): Promise<InvitationAnswer> {
    const [answer] = await this.answers(manager, await manager.findBy(Invitation, { tenantId, id }));
    if (answer === undefined) throw notFound('invitation', id);
    return answer;
  }

  private async answers(manager: EntityManager, invitations: readonly Invitation[]): Promise<InvitationAnswer[]> {
    const rows = await manager.query<{ id: string; used: number }[]>(
      `SELECT invitation_id AS id, sum(used)::integer AS used FROM invitation_code
        WHERE invitation_id = ANY ($1) GROUP BY invitation_id`,
      [invitations.map(({ id }) => id)],
    );
    const used = new Map(rows.map((row) => [row.id, row.used]));
    return invitations.map((invitation) => answerOf(invitation, used.get(invitation.id) ?? 0));
  }
}

function answerOf(invitation: Invitation, used: number): InvitationAnswer {
  const { id, eventId, label, category, count, uses, expiresAt, revokedAt, version } = invitation;
  return {
    id,
    eventId,
    label,
    category,
    count,
    uses,
    used,
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    version,
    createdAt: invitation.createdAt.toISOString(),
    updatedAt: invitation.updatedAt.toISOString(),
  };
}
