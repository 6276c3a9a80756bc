import { Inject, Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { type Cause, Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { type KnownEvent } from '../events/event-copy.store';
import { type Registration } from '../registrations/registration';
import { messagesAbout } from '../registrations/registration.messages';
import { statusOfPlace } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';
import { QuotaStore } from '../tickets/quota.store';
import { TicketCategoryStore } from '../tickets/ticket-category.store';
import { promotable, type Waiting } from './waitlist.rules';

/** Looked at together; more than can be promoted at a time in nearly every case. */
const PAGE = 200;

interface Queued extends Waiting {
  /** As PostgreSQL writes it: a Date would lose microseconds. */
  readonly since: string;
}

/**
 * Gives places that became free to those who wait, in the transaction that freed them. So nobody waits for what is free,
 * once a transaction has ended, and whoever signs up next passes nobody who could have had the place.
 */
@Injectable()
export class Waitlist {
  constructor(
    private readonly quotas: QuotaStore,
    private readonly categories: TicketCategoryStore,
    private readonly store: RegistrationStore,
    private readonly outbox: Outbox,
    @Inject(REGISTRATIONS_CONFIG) private readonly config: RegistrationsConfig,
  ) {}

  /** Whether anybody waits. What history says about who waited is not changed any more. */
  async isQueued(manager: EntityManager, eventId: string): Promise<boolean> {
    const rows = await planned(
      manager,
      undefined,
      `SELECT 1 FROM registration WHERE event_id = $1 AND status = 'waitlisted' AND NOT historical LIMIT 1`,
      [eventId],
    );
    return rows.length > 0;
  }

  /**
   * The event has to be owned: nobody else may be taking places, or stand up from the queue.
   * @param freed quotas in which there may be a place now
   * @param causedBy what their messages name as their cause, where it is not the request that is being answered
   * @returns who has one, by id
   */
  async fill(
    manager: EntityManager,
    event: KnownEvent,
    tenantId: string,
    freed: readonly string[],
    causedBy?: Cause,
  ): Promise<Map<string, Registration>> {
    const promoted = new Map<string, Registration>();
    if (event.status === 'closed' || event.status === 'cancelled') return promoted;
    const ledger = await this.quotas.lock(manager, event.id, null);
    const seen = new Set<string>();
    let after: Queued | undefined;
    for (;;) {
      const full = ledger.full();
      const open = freed.filter((name) => !full.includes(name));
      if (open.length === 0) break;
      const page = await this.page(manager, event.id, { open, full, after });
      const fresh = page.filter(({ delegationId }) => delegationId === null || !seen.has(delegationId));
      const ids = promotable(await this.withWholeDelegations(manager, fresh), ledger);
      for (const each of await this.promote(manager, event, tenantId, ids, causedBy)) promoted.set(each.id, each);
      for (const { delegationId } of page) if (delegationId !== null) seen.add(delegationId);
      if (page.length < PAGE) break;
      after = page.at(-1);
    }
    await this.quotas.write(manager, event.id, ledger);
    return promoted;
  }

  private async page(
    manager: EntityManager,
    eventId: string,
    { open, full, after }: { open: readonly string[]; full: readonly string[]; after: Queued | undefined },
  ): Promise<Queued[]> {
    const wanted = `ARRAY['event', category, economy] || session_ids::text[]`;
    return this.read(
      manager,
      `event_id = $1 AND ${wanted} && $2::text[] AND NOT ${wanted} && $3::text[]
         AND ($4::timestamptz IS NULL OR (created_at, id) > ($4, $5))`,
      [eventId, open, full, after?.since ?? null, after?.id ?? null],
      `LIMIT ${PAGE}`,
    );
  }

  /** In the order of the queue; a delegation also with those of its members that are not on the page. */
  private async withWholeDelegations(manager: EntityManager, page: readonly Queued[]): Promise<readonly Queued[]> {
    const delegations = [...new Set(page.map(({ delegationId }) => delegationId))].filter((id) => id !== null);
    if (delegations.length === 0) return page;
    const members = await this.read(manager, 'delegation_id = ANY ($1)', [delegations], '');
    const singles = page.filter(({ delegationId }) => delegationId === null);
    return [...singles, ...members].sort((a, b) =>
      a.since === b.since ? (a.id < b.id ? -1 : 1) : a.since < b.since ? -1 : 1,
    );
  }

  private async read(
    manager: EntityManager,
    condition: string,
    parameters: unknown[],
    tail: string,
  ): Promise<Queued[]> {
    return manager.query<Queued[]>(
      `SELECT id, category, economy, session_ids AS "sessionIds", delegation_id AS "delegationId",
              to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ') AS since
         FROM registration WHERE status = 'waitlisted' AND NOT historical AND ${condition}
        ORDER BY created_at, id ${tail}`,
      parameters,
    );
  }

  private async promote(
    manager: EntityManager,
    event: KnownEvent,
    tenantId: string,
    ids: readonly string[],
    causedBy: Cause | undefined,
  ): Promise<Registration[]> {
    if (ids.length === 0) return [];
    const terms = await this.categories.terms(manager, tenantId, event.id);
    const waiting = await this.store.read(manager, 'r.id = ANY ($1)', [ids]);
    const changes = waiting.map((before) => {
      const status = statusOfPlace(terms.get(before.category) ?? { requiresApproval: false });
      return { before, after: { ...before, status, version: before.version + 1, updatedAt: event.now } };
    });
    const promoted = changes.map(({ after }) => after);
    await this.store.updateStatus(manager, promoted);
    await this.outbox.append(
      manager,
      changes.flatMap((change) =>
        messagesAbout(change, this.config.PUBLIC_URL).map((message) => ({ ...message, causedBy })),
      ),
    );
    return promoted;
  }
}
