import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  assertVersion,
  type Caller,
  conflict,
  invalidField,
  notFound,
  type PageQuery,
  paginate,
} from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { Quota } from './quota.entity';
import { type QuotaScope, WHOLE_EVENT } from './quota.rules';
import { type QuotaAnswer, type QuotaBody, type QuotaPage } from './ticket.dto';
import { TicketCategory } from './ticket-category.entity';

/** Who already counts in a new quota, by what the quota limits. */
const counted: Record<QuotaScope, string> = {
  event: 'TRUE',
  category: 'category = $5',
  side: 'economy = $5',
};

@Injectable()
export class QuotaService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
  ) {}

  async create({ tenantId }: Caller, eventId: string, body: QuotaBody): Promise<QuotaAnswer> {
    const name = nameOf(body);
    return this.transactions.run(async (manager) => {
      await this.events.own(manager, eventId);
      await this.events.known(manager, tenantId, eventId);
      if (body.scope === 'category' && !(await manager.existsBy(TicketCategory, { eventId, code: name }))) {
        throw invalidField('/category', 'category-unknown', 'The event has no such ticket category.');
      }
      if (await manager.existsBy(Quota, { eventId, name })) {
        throw conflict('quota-exists', `The event has a quota ${name} already.`, { quota: name });
      }
      return quotaAnswerOf(
        await this.add(manager, { tenantId, eventId, scope: body.scope, name, places: body.places }),
      );
    });
  }

  /** The event has to be owned: nobody may sign up between the count and the quota. */
  async add(
    manager: EntityManager,
    quota: Pick<Quota, 'tenantId' | 'eventId' | 'scope' | 'name' | 'places'>,
  ): Promise<Quota> {
    const id = newId();
    await manager.query(
      `INSERT INTO quota (id, tenant_id, event_id, scope, name, places, taken)
       SELECT $1, $2, $3, $4, $5::text, $6, count(*) FROM registration
        WHERE event_id = $3 AND status NOT IN ('waitlisted', 'declined', 'cancelled') AND (${counted[quota.scope]})`,
      [id, quota.tenantId, quota.eventId, quota.scope, quota.name, quota.places],
    );
    return manager.findOneByOrFail(Quota, { id });
  }

  async list({ tenantId }: Caller, eventId: string, page: PageQuery): Promise<QuotaPage> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const query = manager.createQueryBuilder(Quota, 'quota').where({ tenantId, eventId });
    const { items, nextCursor } = await paginate(query, page);
    return { items: items.map(quotaAnswerOf), nextCursor };
  }

  async get({ tenantId }: Caller, id: string): Promise<QuotaAnswer> {
    const quota = await this.transactions.manager.findOneBy(Quota, { tenantId, id });
    if (quota === null) throw notFound('quota', id);
    return quotaAnswerOf(quota);
  }

  /** Lowering below what is taken turns nobody out; nobody comes in until it is below again. */
  async resize({ tenantId }: Caller, id: string, places: number, version: number): Promise<QuotaAnswer> {
    return this.transactions.run(async (manager) => {
      const quota = await manager.findOne(Quota, { where: { tenantId, id }, lock: { mode: 'pessimistic_write' } });
      if (quota === null) throw notFound('quota', id);
      assertVersion(quota.version, version);
      await manager.update(Quota, { id }, { places, version: version + 1, updatedAt: () => 'now()' });
      return quotaAnswerOf(await manager.findOneByOrFail(Quota, { id }));
    });
  }
}

function nameOf({ scope, category, economy }: QuotaBody): string {
  if (scope === 'category') return category ?? '';
  return scope === 'side' ? (economy ?? '') : WHOLE_EVENT;
}

function quotaAnswerOf(quota: Quota): QuotaAnswer {
  const { id, eventId, scope, name, places, taken, version } = quota;
  return {
    id,
    eventId,
    scope,
    quota: name,
    places,
    taken,
    free: Math.max(0, places - taken),
    version,
    createdAt: quota.createdAt.toISOString(),
    updatedAt: quota.updatedAt.toISOString(),
  };
}
