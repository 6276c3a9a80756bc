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
import { Waitlist } from '../waitlist/waitlist.service';
import { EventCopyStore } from '../events/event-copy.store';
import { Quota } from './quota.entity';
import { type QuotaScope, WHOLE_EVENT } from './quota.rules';
import { type QuotaAnswer, type QuotaBody, type QuotaCount, type QuotaPage, type RecountAnswer } from './ticket.dto';
import { TicketCategory } from './ticket-category.entity';

/** Who already counts in a new quota, by what the quota limits. */
const counted: Record<QuotaScope, string> = {
  event: 'TRUE',
  category: 'category = $5',
  side: 'economy = $5',
  session: '$5 = ANY (session_ids::text[])',
};

const holdsPlaceInSql = `status NOT IN ('waitlisted', 'declined', 'cancelled')`;

@Injectable()
export class QuotaService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly waitlist: Waitlist,
  ) {}

  async create({ tenantId }: Caller, eventId: string, body: QuotaBody): Promise<QuotaAnswer> {
    const name = nameOf(body);
    return this.transactions.retrying(async (manager) => {
      await this.events.own(manager, eventId);
      const event = await this.events.known(manager, tenantId, eventId);
      if (body.scope === 'category' && !(await manager.existsBy(TicketCategory, { eventId, code: name }))) {
        throw invalidField('/category', 'category-unknown', 'The event has no such ticket category.');
      }
      if (body.scope === 'session' && !event.sessionIds.includes(name)) {
        throw invalidField('/sessionId', 'session-unknown', 'The event has no such session.');
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
        WHERE event_id = $3 AND ${holdsPlaceInSql} AND (${counted[quota.scope]})`,
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

  /**
   * Lowering below what is taken turns nobody out, and nobody comes in until it is below again. Raising gives the new
   * places to those who wait.
   */
  async resize({ tenantId }: Caller, id: string, places: number, version: number): Promise<QuotaAnswer> {
    return this.transactions.retrying(async (manager) => {
      const found = await manager.findOneBy(Quota, { tenantId, id });
      if (found === null) throw notFound('quota', id);
      await this.events.own(manager, found.eventId);
      const event = await this.events.known(manager, tenantId, found.eventId);
      const quota = await manager.findOneOrFail(Quota, { where: { id }, lock: { mode: 'pessimistic_write' } });
      assertVersion(quota.version, version);
      await manager.update(Quota, { id }, { places, version: version + 1, updatedAt: () => 'now()' });
      await this.waitlist.fill(manager, event, tenantId, [quota.name]);
      return quotaAnswerOf(await manager.findOneByOrFail(Quota, { id }));
    });
  }

  /** Counts who holds a place in each quota, and has the quotas say so; what is found free by it is given away in turn. */
  async recount({ tenantId }: Pick<Caller, 'tenantId'>, eventId: string, dryRun: boolean): Promise<RecountAnswer> {
    const work = async (manager: EntityManager): Promise<RecountAnswer> => {
      await this.events.own(manager, eventId);
      const event = await this.events.known(manager, tenantId, eventId);
      const quotas = await manager.query<Omit<QuotaCount, 'agrees'>[]>(
        `WITH before AS (SELECT id, name, taken FROM quota WHERE event_id = $1 ORDER BY name FOR UPDATE),
         held AS (
           SELECT name, count(*)::integer AS counted
             FROM registration, unnest(ARRAY['event', category, economy] || session_ids::text[]) AS name
            WHERE event_id = $1 AND ${holdsPlaceInSql} GROUP BY name),
         changed AS (
           UPDATE quota SET taken = coalesce(held.counted, 0) FROM before LEFT JOIN held USING (name)
            WHERE quota.id = before.id AND quota.taken <> coalesce(held.counted, 0))
         SELECT name AS quota, taken, coalesce(counted, 0) AS counted FROM before LEFT JOIN held USING (name) ORDER BY name`,
        [eventId],
      );
      const wrong = quotas.filter(({ taken, counted: count }) => taken !== count).map(({ quota }) => quota);
      const promoted = await this.waitlist.fill(manager, event, tenantId, wrong);
      return {
        eventId,
        agrees: wrong.length === 0,
        quotas: quotas.map((each) => ({ ...each, agrees: !wrong.includes(each.quota) })),
        promoted: promoted.size,
      };
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  /**
   * The same for an operator, over all tenants, one event after the other.
   * @param eventId null for all
   */
  async recountAll(eventId: string | null, repair: boolean): Promise<Recounted> {
    const events = await this.transactions.manager.query<{ tenantId: string; eventId: string }[]>(
      `SELECT DISTINCT event_id AS "eventId", tenant_id AS "tenantId" FROM quota
        WHERE $1::uuid IS NULL OR event_id = $1 ORDER BY event_id`,
      [eventId],
    );
    const wrong: Recounted['wrong'] = [];
    let [quotas, promoted] = [0, 0];
    for (const event of events) {
      const answer = await this.recount(event, event.eventId, !repair);
      quotas += answer.quotas.length;
      promoted += answer.promoted;
      for (const { quota, taken, counted: count, agrees } of answer.quotas) {
        if (!agrees) wrong.push({ ...event, quota, taken, counted: count });
      }
    }
    return { events: events.length, quotas, wrong, promoted };
  }
}

/** What came of counting again; where nothing was repaired, `promoted` would have got a place by it. */
export interface Recounted {
  readonly events: number;
  readonly quotas: number;
  readonly wrong: { tenantId: string; eventId: string; quota: string; taken: number; counted: number }[];
  readonly promoted: number;
}

function nameOf({ scope, category, economy, sessionId }: QuotaBody): string {
  if (scope === 'category') return category ?? '';
  if (scope === 'session') return sessionId?.toLowerCase() ?? '';
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
