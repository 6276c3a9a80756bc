import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  assertVersion,
  type Caller,
  conflict,
  mergePatch,
  notFound,
  type PageQuery,
  paginate,
  validated,
} from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { Quota } from './quota.entity';
import { QuotaService } from './quota.service';
import {
  type TicketCategoryAnswer,
  type TicketCategoryBody,
  type TicketCategoryPage,
  TicketCategoryTermsBody,
} from './ticket.dto';
import { TicketCategory } from './ticket-category.entity';
import { type CategoryTerms } from './ticket-category.rules';
import { TicketCategoryStore } from './ticket-category.store';

const inheritable = ['requiresApproval', 'waitlist', 'requiresInvitation'] as const satisfies (keyof CategoryTerms)[];

@Injectable()
export class TicketCategoryService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly quotas: QuotaService,
    private readonly store: TicketCategoryStore,
  ) {}

  async create({ tenantId }: Caller, eventId: string, body: TicketCategoryBody): Promise<TicketCategoryAnswer> {
    return this.transactions.retrying(async (manager) => {
      await this.events.own(manager, eventId);
      await this.events.known(manager, tenantId, eventId);
      if (await manager.existsBy(TicketCategory, { eventId, code: body.code })) {
        throw conflict('category-exists', `The event has the ticket category ${body.code} already.`);
      }
      const id = newId();
      await manager.insert(TicketCategory, { id, tenantId, eventId, code: body.code, ...termsOf(body) });
      if (typeof body.quota === 'number') {
        await this.quotas.add(manager, { tenantId, eventId, scope: 'category', name: body.code, places: body.quota });
      }
      return this.answer(manager, await manager.findOneByOrFail(TicketCategory, { id }));
    });
  }

  async list({ tenantId }: Caller, eventId: string, page: PageQuery): Promise<TicketCategoryPage> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const query = manager.createQueryBuilder(TicketCategory, 'category').where({ tenantId, eventId });
    const { items, nextCursor } = await paginate(query, page);
    return { items: await this.answers(manager, items), nextCursor };
  }

  async get({ tenantId }: Caller, id: string): Promise<TicketCategoryAnswer> {
    const { manager } = this.transactions;
    const category = await manager.findOneBy(TicketCategory, { tenantId, id });
    if (category === null) throw notFound('ticket category', id);
    return this.answer(manager, category);
  }

  /** Terms hold for who signs up from now on: whoever waits or is looked at goes on so. */
  async change({ tenantId }: Caller, id: string, patch: unknown, version: number): Promise<TicketCategoryAnswer> {
    return this.transactions.retrying(async (manager) => {
      const found = await manager.findOneBy(TicketCategory, { tenantId, id });
      if (found === null) throw notFound('ticket category', id);
      await this.events.own(manager, found.eventId);
      const category = await manager.findOneByOrFail(TicketCategory, { id });
      assertVersion(category.version, version);
      const { names, requiresApproval, waitlist, requiresInvitation } = category;
      const current = { names, requiresApproval, waitlist, requiresInvitation };
      const body = validated(TicketCategoryTermsBody, mergePatch(current, patch));
      const terms = { ...termsOf(body), version: version + 1, updatedAt: () => 'now()' };
      await manager.update(TicketCategory, { id }, terms);
      return this.answer(manager, await manager.findOneByOrFail(TicketCategory, { id }));
    });
  }

  private async answer(manager: EntityManager, category: TicketCategory): Promise<TicketCategoryAnswer> {
    return (await this.answers(manager, [category]))[0] as TicketCategoryAnswer;
  }

  /** All of one event. */
  private async answers(
    manager: EntityManager,
    categories: readonly TicketCategory[],
  ): Promise<TicketCategoryAnswer[]> {
    const [first] = categories;
    if (first === undefined) return [];
    const { tenantId, eventId } = first;
    const quotas = new Map((await manager.findBy(Quota, { eventId })).map((quota) => [quota.name, quota]));
    const terms = await this.store.terms(manager, tenantId, eventId);
    return categories.map((category) =>
      answerOf(category, terms.get(category.code) as CategoryTerms, quotas.get(category.code) ?? null),
    );
  }
}

function termsOf(
  body: TicketCategoryTermsBody,
): Pick<TicketCategory, 'names' | 'requiresApproval' | 'waitlist' | 'requiresInvitation'> {
  const { names = null, requiresApproval = null, waitlist = null, requiresInvitation = null } = body;
  return { names, requiresApproval, waitlist, requiresInvitation };
}

function answerOf(category: TicketCategory, terms: CategoryTerms, quota: Quota | null): TicketCategoryAnswer {
  const { id, eventId, code, names, version } = category;
  const { requiresApproval, waitlist, requiresInvitation } = terms;
  return {
    id,
    eventId,
    code,
    names,
    requiresApproval,
    waitlist,
    requiresInvitation,
    asEvent: inheritable.filter((term) => category[term] === null),
    quota: quota?.places ?? null,
    quotaId: quota?.id ?? null,
    version,
    createdAt: category.createdAt.toISOString(),
    updatedAt: category.updatedAt.toISOString(),
  };
}
