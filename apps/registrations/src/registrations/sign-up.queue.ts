import { Injectable } from '@nestjs/common';
import { GroupCommit, Transactions } from '@expo-accord/database';
import { IdempotencyKeys, type KeyedRequest, Problem, type RememberedAnswer, unavailable } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { QuotaStore } from '../tickets/quota.store';
import { type Admitted, type OnExisting } from './admission.rules';
import { type ArrivingSignUp } from './admission.outcomes';
import { AdmissionService, type Sought } from './admission.service';
import { answerOf } from './registration.answer';
import { problemOf } from './registration.errors';

/** A sign-up with the request that brought it, and that request's idempotency key. */
export interface QueuedSignUp extends Sought, ArrivingSignUp {
  readonly onExisting: OnExisting;
  readonly keyed: KeyedRequest | undefined;
}

const MOST_TOGETHER = 250;
const MOST_WAITING = 2_000;

/** Lets single sign-ups for an event that arrive at the same time share a transaction, their idempotency keys included. */
@Injectable()
export class SignUpQueue {
  private readonly groups: GroupCommit<QueuedSignUp, RememberedAnswer>;

  constructor(
    private readonly transactions: Transactions,
    private readonly keys: IdempotencyKeys,
    private readonly admissions: AdmissionService,
    private readonly quotas: QuotaStore,
  ) {
    this.groups = new GroupCommit(transactions, {
      mostTogether: MOST_TOGETHER,
      mostWaiting: MOST_WAITING,
      waitsForThoseAnswered: true,
      whenFull: () =>
        unavailable('sign-ups-waiting', 'Too many sign-ups are waiting; send this one again in a moment.', 1),
      commit: (group) => this.commit(group),
    });
  }

  /** @throws Problem for a refusal, or 503 when more wait than can be served soon; nothing of the sign-up is kept then */
  async signUp(one: QueuedSignUp): Promise<RememberedAnswer> {
    return this.groups.add(`${one.tenantId} ${one.eventId} ${one.onExisting}`, one);
  }

  private async commit(group: readonly QueuedSignUp[]): Promise<(RememberedAnswer | Error)[]> {
    try {
      return await this.transactions.retrying((manager) =>
        this.keys.once(manager, group, (fresh) => this.admit(manager, fresh)),
      );
    } catch (error) {
      // What is wrong with the event is so for all of them.
      if (error instanceof Problem) return group.map(() => error);
      throw error;
    }
  }

  private async admit(
    manager: EntityManager,
    fresh: readonly QueuedSignUp[],
  ): Promise<readonly (RememberedAnswer | Error)[]> {
    const { tenantId, eventId, onExisting } = fresh[0] as QueuedSignUp;
    const [admitted, names] = await Promise.all([
      this.admissions.admit(manager, { tenantId, eventId }, fresh, onExisting),
      this.quotas.namesByEvent(manager, [eventId]),
    ]);
    return admitted.map((each) => (each.outcome === 'refused' ? problemOf(each.refusal) : answered(each, names)));
  }
}

function answered(
  { outcome, registration }: Exclude<Admitted, { outcome: 'refused' }>,
  names: ReadonlyMap<string, ReadonlySet<string>>,
): RememberedAnswer {
  return {
    status: outcome === 'created' || outcome === 'waitlisted' ? 201 : 200,
    headers: {},
    body: answerOf(registration, names),
  };
}
