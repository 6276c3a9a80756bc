import { Injectable } from '@nestjs/common';
import { GroupCommit, Transactions } from '@expo-accord/database';
import { actionNotAllowed, notFound, Problem, unavailable } from '@expo-accord/http';
import { type Cause } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { QuotaStore } from '../tickets/quota.store';
import { type Admitted } from './admission.rules';
import { AdmissionService, type Sought } from './admission.service';
import { answerOf, type RegistrationAnswer } from './registration.answer';
import { problemOf } from './registration.errors';
import { actionsFrom, afterAction, mayFreePlaces, type RegistrationAction } from './registration.rules';
import { RegistrationStore } from './registration.store';

/** An action on one registration, and the request that brought it. */
export interface QueuedAction extends Sought {
  readonly id: string;
  readonly action: RegistrationAction;
  readonly causedBy: Cause | undefined;
}

const MOST_TOGETHER = 250;
const MOST_WAITING = 2_000;

/** Lets actions at an event that arrive at the same time share a transaction: those that free places own the event. */
@Injectable()
export class ActionQueue {
  private readonly groups: GroupCommit<QueuedAction, RegistrationAnswer>;

  constructor(
    private readonly transactions: Transactions,
    private readonly admissions: AdmissionService,
    private readonly events: EventCopyStore,
    private readonly store: RegistrationStore,
    private readonly quotas: QuotaStore,
  ) {
    this.groups = new GroupCommit(transactions, {
      mostTogether: MOST_TOGETHER,
      mostWaiting: MOST_WAITING,
      waitsForThoseAnswered: true,
      whenFull: () =>
        unavailable('actions-waiting', 'Too many actions are waiting; send this one again in a moment.', 1),
      commit: (group) => this.commit(group),
    });
  }

  /** @throws Problem 409 with the actions that are possible, or 503 when more wait than can be served soon */
  async act(one: QueuedAction): Promise<RegistrationAnswer> {
    return this.groups.add(`${one.tenantId} ${one.eventId} ${String(mayFreePlaces(one.action))}`, one);
  }

  private async commit(group: readonly QueuedAction[]): Promise<readonly (RegistrationAnswer | Error)[]> {
    return this.transactions.retrying(async (manager) => {
      const { eventId, action } = group[0] as QueuedAction;
      await (mayFreePlaces(action) ? this.events.own(manager, eventId) : this.events.share(manager, eventId));
      const results = new Map<QueuedAction, RegistrationAnswer | Error>();
      // A second action on a registration meets what the first has made of it, and has a message of its own.
      for (let rest = group; rest.length > 0; rest = rest.filter((each) => !results.has(each))) {
        const ids = rest.map(({ id }) => id);
        await this.take(
          manager,
          rest.filter(({ id }, at) => ids.indexOf(id) === at),
          results,
        );
      }
      return group.map((each) => results.get(each) as RegistrationAnswer | Error);
    });
  }

  private async take(
    manager: EntityManager,
    round: readonly QueuedAction[],
    results: Map<QueuedAction, RegistrationAnswer | Error>,
  ): Promise<void> {
    const sought = round[0] as QueuedAction;
    const event = await this.events.known(manager, sought.tenantId, sought.eventId);
    const existing = await this.store.read(
      manager,
      'r.tenant_id = $1 AND r.event_id = $2 AND r.id = ANY ($3)',
      [sought.tenantId, sought.eventId, round.map(({ id }) => id)],
      'ORDER BY r.id FOR UPDATE OF r',
    );
    const given = { existing, names: null, onExisting: 'update' } as const;
    const open = await this.admissions.open(manager, event, sought, given);
    const decided = round.map(({ id, action }): Admitted | Problem => {
      const before = existing.find((each) => each.id === id);
      if (before === undefined) return notFound('registration', id);
      const after = afterAction(action, before, event.now);
      if (after === null) return actionNotAllowed(action, before.status, actionsFrom(before.status));
      return open.admission.correct(before, after);
    });
    const causes = round.flatMap(({ id, causedBy }): [string, Cause][] =>
      causedBy === undefined ? [] : [[id, causedBy]],
    );
    await this.admissions.write(manager, open, new Map(causes));
    const names = await this.quotas.namesByEvent(manager, [sought.eventId]);
    for (const [at, one] of round.entries()) {
      const each = decided[at] as Admitted | Problem;
      if (each instanceof Problem) results.set(one, each);
      else if (each.outcome === 'refused') results.set(one, problemOf(each.refusal));
      else results.set(one, answerOf(each.registration, names));
    }
  }
}
